/** The Helm chart, linted and rendered by Helm and held against the model of Kubernetes. */
@NullMarked
package io.millrace.helm;

import org.jspecify.annotations.NullMarked;
