"""Everything through which a secret comes in, for the search after secrets."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable

from tests.http.public_form_client import FormClient
from tests.support import Session

METHOD = "/api/method/"


class Doors:
	"""Each method takes the secret and plants it, as the person who would."""

	def __init__(self, as_role, frappe, numbers: random.Random):
		from lsm_crm.tests.factories import make_case

		self.worker, self.front = as_role("LSM Case Worker"), as_role("LSM Front Office")
		self.coordinator, self.helper = as_role("LSM Coordinator"), as_role("LSM Language Helper")
		self.numbers, self.frappe = numbers, frappe
		user = self.worker.get(METHOD + "frappe.auth.get_logged_user").json()["message"]
		case = make_case(worker=user)
		frappe.db.commit()
		self.case, self.client = case.name, case.client

	def create(self, session: Session, doctype: str, **values) -> dict:
		answer = session.post(f"/api/resource/{doctype}", json=values)
		assert answer.status_code == 200, f"{doctype}: {answer.status_code} {answer.text[:500]}"
		return answer.json()["data"]

	def change(self, session: Session, doc: dict, status: int = 200, **values) -> None:
		path = f"/api/resource/{doc['doctype']}/{doc['name']}"
		answer = session.put(path, json={"modified": doc["modified"], **values})
		assert answer.status_code == status, f"{doc['doctype']}: {answer.status_code} {answer.text[:500]}"

	def note(self, secret: str, **values) -> dict:
		return self.create(self.worker, "Case Note", case=self.case, kind="Note", text=secret, **values)

	def own_client(self) -> str:
		"""A new client of the worker; one has one confidential record only."""
		from lsm_crm.tests.factories import make_case

		user = self.frappe.db.get_value("Case", self.case, "worker")
		name = make_case(worker=user).client
		self.frappe.db.commit()
		return name

	# --- the doors

	def a_note(self, secret: str) -> None:
		self.note(secret)

	def a_note_in_the_desk(self, secret: str) -> None:
		doc = {"doctype": "Case Note", "__islocal": 1, "case": self.case, "kind": "Note", "text": secret}
		answer = self.worker.post(
			METHOD + "frappe.desk.form.save.savedocs", data={"doc": json.dumps(doc), "action": "Save"}
		)
		assert answer.status_code == 200, answer.text[:500]

	def a_changed_note(self, secret: str) -> None:
		self.change(self.worker, self.note("first"), text=secret)

	def a_note_that_is_replaced(self, secret: str) -> None:
		self.change(self.worker, self.note(secret), text="replaced")

	def a_deleted_note(self, secret: str) -> None:
		doc = self.note(secret)
		self.frappe.db.rollback()
		self.frappe.delete_doc("Case Note", doc["name"], ignore_permissions=True, force=True)
		self.frappe.db.commit()

	def confidential(self, secret: str) -> dict:
		field = self.numbers.choice(("health", "debts", "safety_risks", "other_sensitive", "nationality"))
		return self.create(self.worker, "Client Confidential", client=self.own_client(), **{field: secret})

	def a_confidential_record(self, secret: str) -> None:
		self.confidential(secret)

	def a_changed_confidential_record(self, secret: str) -> None:
		self.change(self.worker, self.confidential("first"), health=secret)

	def a_letter(self, secret: str) -> None:
		self.create(
			self.worker,
			"Case Letter",
			**{"case": self.case, "language": "nl", "letter_date": "2026-11-01", "subject": "Over", "body": secret},
		)

	def a_papers_description(self, secret: str) -> None:
		self.create(self.worker, "Case Document", case=self.case, title="Brief", kind="Other", description=secret)

	def upload(self, secret: str, name: str, content: bytes) -> None:
		answer = self.worker.post(
			METHOD + "upload_file",
			data={"doctype": "Case", "docname": self.case, "is_private": 1},
			files={"file": (name, content)},
		)
		assert answer.status_code == 200, answer.text[:500]

	def a_text_file(self, secret: str) -> None:
		self.upload(secret, "brief.txt", f"Geachte {secret}".encode())

	def a_name_of_a_file(self, secret: str) -> None:
		self.upload(secret, f"paspoort {secret}.txt", f"Geachte {self.numbers.getrandbits(60):x}".encode())

	def a_table_file(self, secret: str) -> None:
		self.upload(secret, "tabel.csv", f"naam,wat\nx,{secret}\n".encode())

	def a_pdf_file(self, secret: str) -> None:
		from pypdf import PdfWriter

		writer, out = PdfWriter(), io.BytesIO()
		writer.add_blank_page(100, 100)
		writer.add_metadata({"/Title": secret})
		writer.write(out)
		self.upload(secret, "scan.pdf", out.getvalue())

	def a_request_at_the_walk_in_hour(self, secret: str) -> None:
		values = {"topics": ["Debt help"], "language": "ar", "services": ["Advice"], "minutes": 5, "note": secret}
		values["mode"] = "Short or one-time"
		answer = self.front.post(
			METHOD + "lsm_crm.api.walk_in.register",
			json={"values": values, "token": f"{self.numbers.getrandbits(60):x}"},
		)
		assert answer.status_code == 200, answer.text[:500]

	def a_complaint(self, secret: str) -> None:
		field = self.numbers.choice(("complaint", "answer", "person_name", "person_contact"))
		values = {"subject": "Klacht", "received_on": "2026-11-01", "state": "Received", field: secret}
		self.create(self.coordinator, "Complaint", **values)

	def a_message_to_a_partner(self, secret: str) -> None:
		"""Mailed with a link only: what was written stands behind the link."""
		from lsm_crm.services import referral_links
		from lsm_crm.tests.factories import make, make_consent, make_partner

		partner = make_partner("Partner van geheimen", accepts_referrals=1)
		consent = make_consent(self.client, share_story=1)
		doc = make(
			"Referral",
			partner=partner.name,
			client=self.client,
			consent=consent.name,
			topic="Debt help",
			message=secret,
		)
		referral_links.new_link(doc)
		self.frappe.db.commit()

	def a_public_form(self, secret: str) -> None:
		form = FormClient(Session(), "help").open()
		form.post(question=f"Ik heb hulp nodig {secret}")
		form.post(contact_name="Amina", preferred_language="nl", contact_how="I Will Come By", consent_to_store="1")
		form.post("send")
		assert form.answer.status_code == 200 and form.reference, form.errors

	def a_public_form_that_was_never_sent(self, secret: str) -> None:
		form = FormClient(Session(), "help").open().post(question=secret)
		form.post(contact_name="Amina", contact_email="geen adres")
		assert form.answer.status_code == 422

	def a_file_in_a_public_form(self, secret: str) -> None:
		from PIL import Image, PngImagePlugin

		out, said = io.BytesIO(), PngImagePlugin.PngInfo()
		said.add_text("Comment", secret)
		Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=said)
		form = FormClient(Session(), "help").open()
		form.post(question="Een brief", files={"f-document": ("brief.png", out.getvalue())})
		assert form.answer.status_code == 200, form.errors

	def a_save_that_lacks_a_field(self, secret: str) -> None:
		doc = {"doctype": "Case Note", "__islocal": 1, "kind": "Note", "text": secret}
		answer = self.worker.post(
			METHOD + "frappe.desk.form.save.savedocs", data={"doc": json.dumps(doc), "action": "Save"}
		)
		assert answer.status_code in (403, 417), answer.status_code

	def a_save_that_is_out_of_date(self, secret: str) -> None:
		doc = self.note("first")
		self.change(self.worker, doc, text="second")
		self.change(self.worker, doc, status=417, text=secret)

	def a_save_that_breaks(self, secret: str) -> None:
		answer = self.worker.post(
			"/api/resource/Case Note", json={"case": self.case, "kind": "Note", "text": f"lsm1:{secret}"}
		)
		assert answer.status_code >= 400

	def a_save_of_a_kind_that_is_no_choice(self, secret: str) -> None:
		answer = self.worker.post("/api/resource/Case Note", json={"case": self.case, "kind": secret, "text": secret})
		assert answer.status_code >= 400

	def a_save_without_the_right(self, secret: str) -> None:
		answer = self.front.post("/api/resource/Case Note", json={"case": self.case, "kind": "Note", "text": secret})
		assert answer.status_code == 403

	def a_request_that_is_no_json(self, secret: str) -> None:
		answer = self.worker.post(
			METHOD + "frappe.desk.form.save.savedocs", data={"doc": "{" + secret, "action": "Save"}
		)
		assert answer.status_code >= 400

	def a_comment(self, secret: str) -> None:
		"""Refused on records about clients, where it would stand in the clear."""
		doctype, name = self.numbers.choice((("Case", self.case), ("Client", self.client)))
		answer = self.worker.post(
			METHOD + "frappe.desk.form.utils.add_comment",
			data={
				"reference_doctype": doctype,
				"reference_name": name,
				"content": secret,
				"comment_email": "x@example.org",
				"comment_by": "x",
			},
		)
		assert answer.status_code == 403

	def a_search_for_people(self, secret: str) -> None:
		answer = self.worker.post(METHOD + "lsm_crm.api.people.search", json={"text": secret})
		assert answer.status_code == 200, answer.text[:300]

	def a_wrong_password(self, secret: str) -> None:
		answer = Session().post(METHOD + "login", data={"usr": "nobody@example.org", "pwd": secret})
		assert answer.status_code == 401

	def work_for_the_background(self, secret: str) -> None:
		from lsm_crm.services import outbox

		outbox.enqueue("lsm_crm.overrides.account.send_reset_mail", user=secret)
		self.frappe.db.commit()

	def a_persons_data_in_one_file(self, secret: str) -> None:
		client = self.own_client()
		self.create(self.worker, "Client Confidential", client=client, health=secret)
		from lsm_crm.services import insight
		from lsm_crm.tests.factories import make

		values = {"subject_type": "Client", "subject": client, "received_on": "2026-11-01"}
		request = make("Data Request", request_type="Access", **values)
		insight.attach(request)
		self.frappe.db.commit()


def doors(planting: Doors) -> list[Callable[[str], None]]:
	own = [name for name in vars(Doors) if name.startswith(("a_", "work_"))]
	return [getattr(planting, name) for name in own]
