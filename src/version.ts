/** The version of this program; the build takes it from package.json, and a test compares the two. */
export const VERSION = "0.1.0";
