import { CasePanel } from "./walk_in/case_panel.js";
import { WalkIn } from "./walk_in/page.js";

frappe.provide("lsm_crm");
Object.assign(lsm_crm, { CasePanel, WalkIn });
