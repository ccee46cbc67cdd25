"""The process that makes a PDF: reads a JSON request from standard input, writes the PDF to standard output.

Run with `python -I`, so that nothing of the site is importable. Before the page is parsed the process gives up the network (a namespace
of its own where the kernel lets it), may write no file, and a hook refuses every open, connection and program that is not WeasyPrint's own.
"""

import base64
import contextlib
import ctypes
import json
import logging
import resource
import sys

MEMORY = 2 * 1024**3
SECONDS = 60
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def main() -> None:
	request = json.load(sys.stdin.buffer)
	import weasyprint
	from weasyprint.text.fonts import FontConfiguration
	from weasyprint.urls import URLFetcher, URLFetcherResponse

	logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
	resources = {name: base64.b64decode(content) for name, content in request["resources"].items()}

	class Given(URLFetcher):
		"""Only what was handed over, and data in the page itself."""

		def fetch(self, url, headers=None):
			if url.startswith("data:"):
				return URLFetcher(allowed_protocols=("data",)).fetch(url)
			name = url.removeprefix("http://given.invalid")
			if name not in resources:
				raise ValueError("not given")
			return URLFetcherResponse(url, resources[name], {"Content-Type": kind(name)})

	fetch = Given()

	# a first small page loads whatever the libraries load lazily: fonts' configuration, tables, codecs
	fonts = FontConfiguration()
	weasyprint.HTML(string="<p>x</p>", url_fetcher=fetch).write_pdf(font_config=fonts, pdf_variant="pdf/ua-1")
	lock_in()
	page = weasyprint.HTML(string=request["html"], base_url="http://given.invalid/", url_fetcher=fetch)
	pdf = page.write_pdf(font_config=fonts, pdf_variant="pdf/ua-1")
	sys.stdout.buffer.write(pdf)


def kind(name: str) -> str:
	ending = name.split("?", 1)[0].rsplit(".", 1)[-1].lower()
	kinds = {"css": "text/css", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
	return kinds.get(ending, "application/octet-stream")


def lock_in() -> None:
	"""Give up what a hostile page could use."""
	with contextlib.suppress(Exception):
		ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER | CLONE_NEWNET)
	resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
	resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
	resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
	resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
	sys.addaudithook(refuse)


def refuse(event: str, arguments: tuple) -> None:
	"""Code of the packages may still be read; nothing else is opened, connected or started."""
	if event == "open":
		path, mode = str(arguments[0]), arguments[1]
		own = path.startswith((sys.prefix, sys.base_prefix, "/usr/share/", "/usr/lib/", "/etc/fonts/"))
		if not own or (isinstance(mode, str) and set(mode) & set("wax+")):
			raise PermissionError("no file")
	elif event.startswith(
		("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system", "os.rename", "os.remove")
	):
		raise PermissionError("no way out")


if __name__ == "__main__":
	main()
