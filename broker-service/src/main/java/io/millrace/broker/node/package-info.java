/** The broker as a whole: it joins the cluster, keeps its lease, follows the picture, and answers the BrokerApi. */
@NullMarked
package io.millrace.broker.node;

import org.jspecify.annotations.NullMarked;
