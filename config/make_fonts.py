"""Makes the public pages' fonts from Debian's Noto packages: `env/bin/python config/make_fonts.py`.

Needs the packages fonts-noto-core and fonts-noto-cjk. The results are committed; run it again when the Chinese texts change,
since the Chinese font holds only the signs that the program itself uses (visitors' own text falls back to their device).
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "apps/lsm_crm/lsm_crm"
TARGET = APP / "public/fonts"
NOTO = Path("/usr/share/fonts/truetype/noto")
CJK = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
SIMPLIFIED_CHINESE = "2"  # number of the face in the collection
RANGES = {
	"ethiopic": ("NotoSansEthiopic", "U+1200-137F,U+1380-139F,U+2D80-2DDF,U+0020-007E"),
	"arabic": ("NotoSansArabic", "U+0600-06FF,U+0750-077F,U+FB50-FDFF,U+FE70-FEFF,U+0020,U+0028-0029,U+200C-200F"),
	"cyrillic": ("NotoSans", "U+0400-045F,U+0490-0491,U+2116"),
}


def subset(source: Path, target: str, *options: str) -> None:
	command = [sys.executable, "-m", "fontTools.subset", str(source), "--flavor=woff2", "--layout-features=*"]
	subprocess.run([*command, "--desubroutinize", f"--output-file={TARGET / target}.woff2", *options], check=True)


def chinese_signs() -> str:
	"""The signs of our own texts, of the language's name and of the dates that the pages write."""
	text = (APP / "locale/zh.po").read_text(encoding="utf-8") + "中文年月日时分星期一二三四五六七八九十"
	return "".join(sorted({sign for sign in text if ord(sign) > 0x2E7F}))


def main() -> None:
	TARGET.mkdir(exist_ok=True)
	for name, (font, ranges) in RANGES.items():
		for weight in ("Regular", "Bold"):
			subset(NOTO / f"{font}-{weight}.ttf", f"{name}-{weight.lower()}", f"--unicodes={ranges}", "--no-hinting")
	subset(CJK, "chinese-regular", f"--text={chinese_signs()}", f"--font-number={SIMPLIFIED_CHINESE}", "--no-hinting")


if __name__ == "__main__":
	main()
