frappe.ui.form.on("Kidsoase Day", {
	refresh(frm) {
		frm.set_query("room", () => ({ filters: { venue: frm.doc.venue, disabled: 0 } }));
		if (frm.doc.state === "Open") {
			frm.add_custom_button(__("At the Door"), () =>
				window.open(`/door/kidsoase/${encodeURIComponent(frm.doc.name)}`)
			);
		}
	},
});
