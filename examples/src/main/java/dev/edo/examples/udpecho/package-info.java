/** Sends datagrams back, on one page. */
@NullMarked
package dev.edo.examples.udpecho;

import org.jspecify.annotations.NullMarked;
