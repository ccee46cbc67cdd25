import { WalkIn } from "./walk_in/page.js";

frappe.provide("lsm_crm");
lsm_crm.WalkIn = WalkIn;
