/** A chat on one page. */
@NullMarked
package dev.edo.examples.chat;

import org.jspecify.annotations.NullMarked;
