using Ecart.Domains.Transactions;
using Ecart.Scoring;

namespace Ecart.MariaDb.Writing;

/// <summary>Rows of <c>financial_transactions</c>. Not thread-safe.</summary>
public sealed class TransactionTable : IEventTable
{
    private readonly ReasonsWriter reasons = new();

    /// <inheritdoc/>
    public string Domain => TransactionEvent.DomainName;

    /// <inheritdoc/>
    public string Table => "financial_transactions";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "lane", "seq", "transaction_id", "account_id", "occurred_at", "amount", "currency", "scored_amount", "merchant_id",
        "merchant_category", "channel", "country", "city", "latitude", "longitude", "device_id", "ip_address", "user_agent_hash",
        "utc_offset_minutes", "embedding", "embedding_version", "layout_embedding", "fraud_score", "rank_score", "distance_to_profile", "surprise", "learned_distance", "learned_amount", "reasons",
        "is_flagged", "severity", "is_late", "is_learned", "suppressed_by", "configuration_version",
        "model_version", "shadow_version", "shadow_probability",
    ];

    /// <inheritdoc/>
    public void WriteRow(in ScoredEvent scored, RowWriter row)
    {
        var transaction = (TransactionEvent)scored.Event;
        row.Number(scored.Lane);
        row.Number(scored.Seq);
        row.Text(transaction.EventUid);
        row.Text(transaction.AccountId);
        row.Time(transaction.OccurredAt);
        row.Number(transaction.Amount);
        row.Text(transaction.Currency);
        row.Number(transaction.ScoredAmount);
        row.Text(transaction.MerchantId);
        row.Text(transaction.MerchantCategory);
        row.Text(StoredNames.Of(transaction.Channel));
        row.Text(transaction.Country);
        row.Text(transaction.City);
        row.NumberOrNull(transaction.Latitude);
        row.NumberOrNull(transaction.Longitude);
        row.Text(transaction.DeviceId);
        row.Text(transaction.IpAddress);
        row.Text(transaction.UserAgentHash);
        row.Number(transaction.UtcOffsetMinutes);
        WriteVerdict(scored.Verdict, row);
        row.EndRow();
    }

    private void WriteVerdict(Verdict verdict, RowWriter row)
    {
        row.Vector(verdict.Embedding);
        row.Number(verdict.EmbeddingVersion);
        if (verdict.HasLayout) row.Vector(verdict.Layout);
        else row.Null();
        row.NumberOrNull(verdict.Score);
        row.NumberOrNull(verdict.RankScore);
        row.NumberOrNull(verdict.DistanceToProfile);
        row.Number(verdict.Surprise);
        row.NumberOrNull(verdict.LearnedDistance);
        row.NumberOrNull(verdict.LearnedValue);
        reasons.WriteReasons(verdict, row);
        row.Boolean(verdict.IsAnomaly);
        row.Text(StoredNames.Of(verdict.Severity));
        row.Boolean(verdict.IsLate);
        row.Boolean(verdict.IsLearned);
        if (verdict.SuppressedBy == 0) row.Null();
        else row.Number(verdict.SuppressedBy);
        row.Number(verdict.ConfigurationVersion);
        WriteVersion(verdict.ModelVersion, row);
        WriteVersion(verdict.ShadowVersion, row);
        row.NumberOrNull(verdict.ShadowProbability);
    }

    private static void WriteVersion(int version, RowWriter row)
    {
        if (version == 0) row.Null();
        else row.Number(version);
    }
}
