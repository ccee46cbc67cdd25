// The framework hides the seconds of its time picker; the published picker has none, and every form with a date and time
// would stop drawing there. Empty sets in their place can be hidden without harm.
const Timepicker = $.fn.datepicker?.Timepicker;
if (Timepicker && !Timepicker.prototype.$seconds) {
	Timepicker.prototype.$seconds = $();
	Timepicker.prototype.$secondsText = $();
}
