/** The studio's own page: names the elements; index.html does the rest. */
import "../elements/index.ts";
