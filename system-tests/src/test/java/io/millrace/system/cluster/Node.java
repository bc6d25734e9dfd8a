package io.millrace.system.cluster;

/** A process that is a broker and a gateway. */
record Node(Broker broker, Gateway gateway) {}
