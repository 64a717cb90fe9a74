/** Random operations on whole runtimes, and a count of what they leave behind. */
@NullMarked
package dev.edo.impl.chaos;

import org.jspecify.annotations.NullMarked;
