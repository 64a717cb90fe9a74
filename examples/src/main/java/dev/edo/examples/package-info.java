/** Programs to read first: each shows one thing on about a page. */
@NullMarked
package dev.edo.examples;

import org.jspecify.annotations.NullMarked;
