/** What the JDK's own stress programs do to virtual threads, done to tasks on Edo's workers. */
@NullMarked
package dev.edo.impl.stress;

import org.jspecify.annotations.NullMarked;
