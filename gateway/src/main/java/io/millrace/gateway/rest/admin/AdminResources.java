package io.millrace.gateway.rest.admin;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The resources of this package, for the wiring of the REST door. */
@Configuration(proxyBeanMethods = false)
@Import({
    ClusterResource.class,
    BrokerResource.class,
    TopicResource.class,
    TopicConfigResource.class,
    PartitionResource.class,
    ReplicaResource.class,
    ReassignmentResource.class,
    PartitionChangeResource.class,
    QuotaResource.class
})
public class AdminResources {}
