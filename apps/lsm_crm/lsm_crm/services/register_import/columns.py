"""Which column of a register means what, in Dutch or English."""

from frappe import _

from lsm_crm.exceptions import ImportFileError

NAMES = {
	"request_date": ("date", "datum", "request_date"),
	"topics": ("topic", "topics", "onderwerp", "onderwerpen", "vraag", "hulpvraag"),
	"language": ("language", "taal"),
	"area": ("area", "wijk", "buurt"),
	"services": ("service", "service given", "services", "dienst", "hulp", "geboden hulp"),
	"mode": ("mode", "soort contact", "contact"),
	"channel": ("came by", "channel", "kanaal", "via"),
	"minutes": ("minutes", "minuten", "tijd"),
	"client_group": ("client group", "group", "doelgroep"),
	"volunteer": ("volunteer", "vrijwilliger", "medewerker"),
	"note": ("note", "notes", "opmerking", "opmerkingen", "toelichting"),
}
NEEDED = ("request_date", "topics")
_BY_NAME = {name: field for field, names in NAMES.items() for name in names}


def places(header: list[str]) -> dict[str, int]:
	"""{field: column}; throws where a needed column is missing, stands twice or is unknown."""
	found: dict[str, int] = {}
	unknown = []
	for number, name in enumerate(header):
		plain = " ".join(name.replace("_", " ").split()).casefold()
		if not plain:
			continue
		field = _BY_NAME.get(plain) or _BY_NAME.get(plain.replace(" ", "_"))
		if not field:
			unknown.append(name.strip()[:40])
		elif field in found:
			raise ImportFileError(_("The column “{0}” stands twice.").format(name.strip()[:40]))
		else:
			found[field] = number
	missing = [NAMES[field][0] for field in NEEDED if field not in found]
	if missing:
		raise ImportFileError(
			_("These columns are missing: {0}. The first row must name the columns, such as: {1}.").format(
				", ".join(missing), ", ".join(names[0] for names in NAMES.values())
			)
		)
	if unknown:
		# a column that is not understood would be left out silently
		raise ImportFileError(_("These columns are not known: {0}. Rename or remove them.").format(", ".join(unknown)))
	return found
