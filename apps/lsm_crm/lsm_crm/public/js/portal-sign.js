// Drawing a signature. Without this script the paper can be uploaded instead, so the canvas appears only with it.
(() => {
	const canvas = document.getElementById("drawing");
	if (!canvas) return;
	const data = document.getElementById("drawing-data");
	const pen = canvas.getContext("2d");
	let drawing = false;

	const position = (event) => {
		const box = canvas.getBoundingClientRect();
		return [
			((event.clientX - box.left) * canvas.width) / box.width,
			((event.clientY - box.top) * canvas.height) / box.height,
		];
	};

	canvas.closest(".drawing").classList.remove("away");
	pen.lineWidth = 3;
	pen.lineCap = "round";
	pen.strokeStyle = "#111111";

	canvas.addEventListener("pointerdown", (event) => {
		drawing = true;
		canvas.setPointerCapture(event.pointerId);
		pen.beginPath();
		pen.moveTo(...position(event));
	});
	canvas.addEventListener("pointermove", (event) => {
		if (!drawing) return;
		pen.lineTo(...position(event));
		pen.stroke();
	});
	canvas.addEventListener("pointerup", () => {
		drawing = false;
		data.value = canvas.toDataURL("image/png");
	});
	document.getElementById("drawing-clear").addEventListener("click", () => {
		pen.clearRect(0, 0, canvas.width, canvas.height);
		data.value = "";
	});
})();
