// Names of rooms, as the framework publishes to them, and what each one demands of who is in it.

const LONGEST_NAME = 140;
const TASK = /^[A-Za-z0-9_:.|-]{8,280}$/;

// Told to all staff. Other events without a room would reach everybody by the framework's default, among them
// messages with their text: those are dropped.
const BROADCAST = new Set(["version-update", "build_event", "data_import_refresh"]);

export const STAFF_ROOM = "all";
export const userRoom = (user) => `user:${user}`;
export const taskRoom = (task) => `task_progress:${task}`;
export const doctypeRoom = (doctype) => `doctype:${doctype}`;
export const documentRoom = (doctype, docname) => `doc:${doctype}/${docname}`;
export const viewersRoom = (doctype, docname) => `open_doc:${doctype}/${docname}`;

export const isName = (value) =>
	typeof value === "string" && value.length > 0 && value.length <= LONGEST_NAME;
export const isTask = (value) => typeof value === "string" && TASK.test(value);

/** What of a published event goes out, or null for nothing. */
export function outgoing({ event, message, room }) {
	if (room === STAFF_ROOM) {
		return BROADCAST.has(event) ? message : null;
	}
	if (room.startsWith("doctype:")) {
		// A list needs to know which row changed, not who changed it.
		return event === "list_update" ? { doctype: message?.doctype, name: message?.name } : null;
	}
	return ["user:", "task_progress:", "doc:"].some((prefix) => room.startsWith(prefix)) ? message : null;
}
