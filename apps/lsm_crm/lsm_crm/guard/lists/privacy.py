"""The privacy officer, beyond what staff may call."""

DOC_METHODS = {
	"lsm_crm.lsm_privacy.doctype.data_request.data_request:DataRequest.erase": "POST",
	"lsm_crm.lsm_privacy.doctype.data_request.data_request:DataRequest.make_file": "POST",
	"lsm_crm.lsm_privacy.doctype.retention_rule.retention_rule:RetentionRule.dry_run": "POST",
}
