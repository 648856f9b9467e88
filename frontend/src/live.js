// Pages that listen to the server: the desk and the department.
import "htmx.org";
import "htmx.org/dist/ext/hx-sse.js";
