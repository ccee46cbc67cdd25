"""The eleven languages of the public side, each under an address of its own."""

from dataclasses import dataclass

import frappe

COOKIE = "preferred_language"  # the framework reads the same one
COOKIE_SECONDS = 365 * 24 * 3600
PARAMETER = "language"  # of pages whose address names none, such as those behind a link in a mail


@dataclass(frozen=True)
class SiteLanguage:
	code: str
	own_name: str
	english_name: str
	rtl: bool = False

	@property
	def direction(self) -> str:
		return "rtl" if self.rtl else "ltr"


LANGUAGES = (
	SiteLanguage("nl", "Nederlands", "Dutch"),
	SiteLanguage("en", "English", "English"),
	SiteLanguage("ar", "العربية", "Arabic", rtl=True),
	SiteLanguage("fr", "Français", "French"),
	SiteLanguage("es", "Español", "Spanish"),
	SiteLanguage("zh", "中文", "Chinese"),
	SiteLanguage("fa", "فارسی", "Persian", rtl=True),
	SiteLanguage("tr", "Türkçe", "Turkish"),
	SiteLanguage("am", "አማርኛ", "Amharic"),
	SiteLanguage("ru", "Русский", "Russian"),
	SiteLanguage("ti", "ትግርኛ", "Tigrinya"),
)
BY_CODE = {language.code: language for language in LANGUAGES}
DEFAULT = BY_CODE["nl"]


def get_language(code: str | None) -> SiteLanguage | None:
	return BY_CODE.get((code or "").lower())


def same_page_in(code: str) -> str:
	"""The address of this very page in another language, where the address itself names none."""
	return f"?{PARAMETER}={code}"


def negotiate() -> SiteLanguage:
	"""What the visitor chose on this page, else earlier, else what the browser asks for, else Dutch."""
	request = frappe.local.request
	chosen = get_language(request.args.get(PARAMETER)) or get_language(request.cookies.get(COOKIE))
	if chosen:
		return chosen
	for value in request.accept_languages.values():
		language = get_language(value.split("-")[0])
		if language:
			return language
	return DEFAULT


def remember(response, language: SiteLanguage) -> None:
	"""Keep the choice for a year. It says nothing about the person but the language they read."""
	request = frappe.local.request
	if request.cookies.get(COOKIE) != language.code:
		response.set_cookie(
			COOKIE,
			language.code,
			max_age=COOKIE_SECONDS,
			secure=request.scheme == "https",
			httponly=True,
			samesite="Lax",
		)
