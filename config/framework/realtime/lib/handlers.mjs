// What a browser may ask for, by the names that the framework's client uses.

import {
	STAFF_ROOM,
	doctypeRoom,
	documentRoom,
	isName,
	isTask,
	taskRoom,
	userRoom,
	viewersRoom,
} from "./rooms.mjs";

/** Wire up one connection. `viewers` tells who else has a document open. */
export function welcome(member, viewers) {
	const { socket, visitor, web } = member;
	const mayReadDocument = (doctype, docname) => () => web.mayReadDocument(visitor, doctype, docname);
	const areNames = (...values) => values.every(isName);
	const opened = new Map();

	member.join(userRoom(visitor.user));
	if (visitor.userType === "System User") {
		member.join(STAFF_ROOM);
	}

	const handlers = {
		doctype_subscribe: async (doctype) => {
			if (areNames(doctype)) {
				await member.join(doctypeRoom(doctype), () => web.mayReadDoctype(visitor, doctype));
			}
		},
		doctype_unsubscribe: (doctype) => areNames(doctype) && member.leave(doctypeRoom(doctype)),
		task_subscribe: (task) => isTask(task) && member.join(taskRoom(task)),
		progress_subscribe: (task) => isTask(task) && member.join(taskRoom(task)),
		task_unsubscribe: (task) => isTask(task) && member.leave(taskRoom(task)),
		doc_subscribe: async (doctype, docname) => {
			if (areNames(doctype, docname)) {
				await member.join(documentRoom(doctype, docname), mayReadDocument(doctype, docname));
			}
		},
		doc_unsubscribe: (doctype, docname) =>
			areNames(doctype, docname) && member.leave(documentRoom(doctype, docname)),
		doc_open: async (doctype, docname) => {
			const isIn =
				areNames(doctype, docname) &&
				(await member.join(viewersRoom(doctype, docname), mayReadDocument(doctype, docname)));
			if (isIn) {
				opened.set(viewersRoom(doctype, docname), [doctype, docname]);
				viewers.tell(doctype, docname);
			}
		},
		doc_close: (doctype, docname) => {
			if (areNames(doctype, docname) && member.checks.has(viewersRoom(doctype, docname))) {
				opened.delete(viewersRoom(doctype, docname));
				member.leave(viewersRoom(doctype, docname));
				viewers.tell(doctype, docname);
			}
		},
	};
	for (const [event, handle] of Object.entries(handlers)) {
		socket.on(event, (...args) => member.inTurn(() => handle(...args)));
	}
	socket.on("disconnecting", () => {
		for (const [room, document] of opened) {
			member.leave(room);
			viewers.tell(...document);
		}
	});
}
