// Comments are kept in the clear: what is about a client is written in a case note, which is encrypted. The guard refuses such a
// comment; here nobody is offered to type one.
const ABOUT = ["Client", "Case"];
const OTHERS = ["Client", "Complaint", "Incoming Question"];

function is_about_client(frm) {
	const links = frm.meta.fields.filter((field) => field.fieldtype === "Link");
	return OTHERS.includes(frm.doctype) || links.some((field) => ABOUT.includes(field.options));
}

$(document).on("form-refresh", (event, frm) => {
	if (frm && frm.footer) frm.footer.wrapper.find(".comment-box").toggle(!is_about_client(frm));
});
