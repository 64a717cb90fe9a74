/**
 * Virtual threads on Edo's workers under the loads that the JDK tests its own scheduler with. Each test is short by
 * default; {@code ci/stress} runs them {@code edo.stress.scale} times as long.
 *
 * <p>Origin: the ideas of OpenJDK's {@code test/jdk/java/lang/Thread/virtual/stress}.
 */
@NullMarked
package dev.edo.impl.stress;

import org.jspecify.annotations.NullMarked;
