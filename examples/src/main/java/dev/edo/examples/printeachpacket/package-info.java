/** Prints what arrives, on one page. */
@NullMarked
package dev.edo.examples.printeachpacket;

import org.jspecify.annotations.NullMarked;
