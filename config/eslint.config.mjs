// Scripts of the app run as the framework's bundles and form scripts do; no implicit globals.
const framework = ["frappe", "cur_frm", "cur_list", "cur_dialog", "locals", "$", "jQuery", "__", "moment", "cstr", "flt", "cint", "has_common"];
const browser = [
	"window", "document", "navigator", "location", "history", "fetch", "console", "FormData", "URL", "URLSearchParams",
	"localStorage", "sessionStorage", "setTimeout", "clearTimeout", "setInterval", "clearInterval", "requestAnimationFrame",
	"Event", "CustomEvent", "HTMLElement", "Blob", "File", "FileReader", "Image", "Notification", "caches", "self", "crypto",
	"AbortController", "AbortSignal", "IntersectionObserver", "MutationObserver", "matchMedia", "getComputedStyle", "Intl", "customElements",
	"Response", "Request", "alert", "confirm", "Node", "PointerEvent", "atob", "btoa", "TextEncoder", "TextDecoder",
];
const node = ["process", "Buffer", "global", "setImmediate", "performance"];

export default [
	{
		files: ["**/*.js", "**/*.mjs"],
		languageOptions: {
			ecmaVersion: 2023,
			sourceType: "module",
			globals: Object.fromEntries([...framework, ...browser, ...node].map((name) => [name, "readonly"])),
		},
		rules: {
			"no-undef": "error",
			"no-unused-vars": ["error", { args: "none", caughtErrors: "none" }],
			"no-eval": "error",
			"no-implied-eval": "error",
			"no-var": "error",
			"prefer-const": "error",
			eqeqeq: ["error", "smart"],
		},
	},
];
