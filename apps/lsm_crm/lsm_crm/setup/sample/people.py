"""Made-up people: names in the scripts of the eleven languages, numbers and addresses that reach nobody.

Names are ordinary first and last names put together by chance; whoever bears one by accident is not meant. Telephone
numbers begin with 06 00, which is given to nobody, and mail addresses end in .example, which no server answers.
"""

from dataclasses import dataclass
from random import Random

# language: (first names, last names), each as written and, where that is another script, in Latin letters.
NAMES: dict[str, tuple[str, str]] = {
	"nl": (
		"Anneke Bram Carlijn Daan Esmée Floor Gijs Hanneke Jurre Lotte Maarten Noortje Pieter Roos Sjoerd Tess",
		"Veenhof Roodenburgh Zijlwater Groeneweij Hoogcarspel Rijnsoever Molenkade Haverhoek Singelaar Vlietstra Poelwijk",
	),
	"en": (
		"Grace Samuel Ruth Emmanuel Blessing Peter Joy Victor",
		"Ashdown Mensah-Reed Blackmoor Adeyinka Winterley Okonjo-Hill Fairbairn",
	),
	"ar": (
		"سلمى/Salma يوسف/Yousef هدى/Huda كريم/Karim ليلى/Layla عمر/Omar رنا/Rana سامر/Samer نور/Nour طارق/Tariq",
		"الحلواني/Al-Halwani الشهابي/Al-Shihabi قاسم/Qasim النجار/Al-Najjar درويش/Darwish الزيتوني/Al-Zaytouni منصور/Mansour",
	),
	"fr": (
		"Aïcha Benoît Chloé Désiré Éloïse François Maëlle Théo",
		"Lefèvre-Diallo N'Guessan Côté Bérard Mbaye Châtelain Traoré",
	),
	"es": (
		"Lucía Andrés Inés Joaquín Belén Martín Sofía Raúl",
		"Ibáñez Muñoz Cárdenas Núñez Beltrán Quiñones Peña",
	),
	"zh": (
		"梅/Mei 建国/Jianguo 秀英/Xiuying 伟/Wei 丽华/Lihua 志强/Zhiqiang 静/Jing 晓明/Xiaoming",
		"王/Wang 李/Li 陈/Chen 林/Lin 周/Zhou 吴/Wu 黄/Huang",
	),
	"fa": (
		"نسرین/Nasrin رضا/Reza شیرین/Shirin بهرام/Bahram پروانه/Parvaneh کیان/Kian مینا/Mina داریوش/Dariush",
		"رستمی/Rostami کاظمی/Kazemi احمدزاده/Ahmadzadeh تهرانی/Tehrani گلستانی/Golestani نوری/Nouri صادقی/Sadeghi",
	),
	"tr": (
		"Ayşe Çağlar Gülşen İbrahim Özlem Şükrü Emre Zeynep",
		"Yıldırım Öztürk Çelik Güneş Şahin Kılıç Aydoğan",
	),
	"am": (
		"ሰላም/Selam ዳዊት/Dawit ሃና/Hana አበበ/Abebe ትዕግስት/Tigist ዮናስ/Yonas ማርታ/Marta ብርሃኑ/Birhanu",
		"ተስፋዬ/Tesfaye በቀለ/Bekele ገብሬ/Gebre ወልዴ/Wolde ከበደ/Kebede መንግስቱ/Mengistu ታደሰ/Tadesse",
	),
	"ru": (
		"Ольга/Olga Дмитрий/Dmitri Светлана/Svetlana Андрей/Andrei Наталья/Natalya Михаил/Mikhail Ирина/Irina Павел/Pavel",
		"Шевченко/Shevchenko Коваленко/Kovalenko Черных/Chernykh Седых/Sedykh Ткаченко/Tkachenko Белых/Belykh",
	),
	"ti": (
		"ኣልማዝ/Almaz ሓጎስ/Hagos ለተብርሃን/Letebrhan ተኽለ/Tekle ሰምሃር/Semhar ፍሰሃየ/Fsehaye ርግበ/Rigbe ኪዳነ/Kidane",
		"ኣብርሃ/Abraha ገብረመስቀል/Gebremeskel ተወልደ/Tewelde ሃይለ/Haile ወልደገብርኤል/Weldegabriel ዘርኣይ/Zeray",
	),
}
# How the languages are spread over the visitors of the walk-in hour.
VISITORS = {"ar": 30, "nl": 10, "ti": 12, "fa": 11, "en": 9, "tr": 8, "am": 5, "fr": 5, "es": 4, "ru": 4, "zh": 2}
STREETS = ("Voorbeeldstraat", "Denkbeeldige Singel", "Verzonnen Plein", "Proefkade", "Bedachte Laan", "Schijnhof")
AREAS = (
	*("Haagwegkwartier", "Boshuizen", "Leiden Zuid", "Leiden Noord", "Merenwijk"),
	*("Bos- en Gasthuisdistrict", "Roomburg"),
)
AREA_WEIGHTS = (20, 18, 12, 22, 14, 8, 6)


@dataclass(frozen=True)
class Person:
	"""`first` and `last` as written on the record; `latin` the whole name in Latin letters where they are not."""

	language: str
	first: str
	last: str
	latin: str
	phone: str
	email: str


class People:
	"""Gives a different person each time; the same seed gives the same people."""

	def __init__(self, random: Random):
		self.random = random
		self.count = 0
		self.used: set[tuple[str, str]] = set()

	def person(self, language: str | None = None, own_script: bool = True) -> Person:
		"""Somebody whose first language is this one; `own_script` False writes the name in Latin letters."""
		language = language or self.language()
		first, last = self._new_name(language)
		self.count += 1
		latin = f"{_latin(first)} {_latin(last)}"
		written = _own if own_script else _latin
		return Person(
			language,
			written(first),
			written(last),
			latin if own_script and "/" in first else "",
			f"+31 6 00{self.count:06d}",
			f"{_ascii(_latin(first))}.{self.count}@mail.example",
		)

	def language(self) -> str:
		return self.random.choices(list(VISITORS), VISITORS.values())[0]

	def area(self) -> str:
		return self.random.choices(AREAS, AREA_WEIGHTS)[0]

	def address(self) -> dict:
		return {
			"street": self.random.choice(STREETS),
			"house_number": str(self.random.randint(1, 180)),
			"city": "Leiden",
			"area": self.area(),
		}

	def _new_name(self, language: str) -> tuple[str, str]:
		first_names, last_names = (names.split() for names in NAMES[language])
		names = [(first, last) for first in first_names for last in last_names]
		# volunteers and clients come first and differ; guests of events may be namesakes, as in life
		name = self.random.choice([pair for pair in names if pair not in self.used] or names)
		self.used.add(name)
		return name


def _own(name: str) -> str:
	return name.split("/")[0]


def _latin(name: str) -> str:
	return name.split("/")[-1]


def _ascii(name: str) -> str:
	import unicodedata

	plain = unicodedata.normalize("NFKD", name.replace("ı", "i")).encode("ascii", "ignore").decode()
	return "".join(char for char in plain.lower() if char.isalnum())
