package io.millrace.gateway.kafka.handler.quotas;

import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaRecord;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.routing.MetadataView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData.EntityData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData.EntryData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData.ValueData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** DescribeClientQuotas (KIP-546): what is set for the entities that a filter matches, as this gateway's picture shows it. */
final class DescribeClientQuotasHandler implements ApiHandler<DescribeClientQuotasRequestData> {
    private final MetadataView view;

    DescribeClientQuotasHandler(MetadataView view) {
        this.view = view;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.DESCRIBE_CLIENT_QUOTAS, 0, 1);
    }

    @Override
    public void handle(DescribeClientQuotasRequestData request, Call call) {
        QuotaFilter filter = new QuotaFilter(request.strict());
        Optional<String> problem = filter.add(request.components());
        if (problem.isPresent()) {
            call.reply(new DescribeClientQuotasResponseData()
                    .setErrorCode(Errors.INVALID_REQUEST.code())
                    .setErrorMessage(problem.get())
                    .setEntries(null));
            return;
        }
        List<EntryData> entries = new ArrayList<>();
        for (QuotaRecord quota : view.image().quotas().all()) {
            if (filter.matches(quota.entity())) {
                entries.add(told(quota));
            }
        }
        call.reply(new DescribeClientQuotasResponseData().setEntries(entries));
    }

    private static EntryData told(QuotaRecord quota) {
        EntryData entry = new EntryData().setEntity(told(quota.entity()));
        quota.limits()
                .forEach((kind, limit) -> entry.values()
                        .add(new ValueData().setKey(kind.configName()).setValue(limit)));
        return entry;
    }

    private static List<EntityData> told(QuotaEntity entity) {
        List<EntityData> parts = new ArrayList<>();
        for (EntityType type : EntityType.values()) {
            type.of(entity)
                    .ifPresent(name -> parts.add(
                            new EntityData().setEntityType(type.word()).setEntityName(EntityType.toWire(name))));
        }
        return parts;
    }
}
