"""The account named Administrator, beyond what system managers may call. Its other powers need the server's command line."""

FUNCTIONS = {
	"frappe.twofactor.reset_otp_secret": "POST",
}
