using Ecart.Domains.Transactions;
using Ecart.MariaDb.Reading;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>Rows of <c>financial_transactions</c>. Not thread-safe.</summary>
public sealed class TransactionTable : IEventTable
{
    private readonly ReasonsWriter reasons = new();
    private readonly SharedTexts texts = new();

    /// <inheritdoc/>
    public string Domain => TransactionEvent.DomainName;

    /// <inheritdoc/>
    public string Table => "financial_transactions";

    /// <inheritdoc/>
    public int Dimension => TransactionLayout.Dimension;

    /// <inheritdoc/>
    public string UidColumn => "transaction_id";

    /// <inheritdoc/>
    public string EntityColumn => "account_id";

    /// <inheritdoc/>
    public string ScoreColumn => "fraud_score";

    /// <inheritdoc/>
    public string FlagColumn => "is_flagged";

    /// <inheritdoc/>
    public string LabelColumn => "is_confirmed_fraud";

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
    public IReadOnlyList<string> ReadColumns { get; } =
    [
        "t.lane", "t.seq", "t.transaction_id", "t.account_id", "t.occurred_at", "t.amount", "t.currency", "t.scored_amount", "t.merchant_id",
        "t.merchant_category", "t.channel + 0", "t.country", "t.city", "t.latitude", "t.longitude", "t.device_id", "t.ip_address", "t.user_agent_hash",
        "t.utc_offset_minutes", "t.embedding", "t.embedding_version", "t.distance_to_profile", "t.surprise", "t.is_late", "t.is_learned",
        "t.configuration_version", "t.learned_distance", "t.learned_amount", "t.layout_embedding",
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

    /// <inheritdoc/>
    public ScoredEvent ReadRow(MySqlDataReader row, Verdict verdict)
    {
        var transaction = new TransactionEvent
        {
            EventUid = row.GetString(2),
            AccountId = texts.Share(row.GetString(3)),
            OccurredAt = DateTime.SpecifyKind(row.GetDateTime(4), DateTimeKind.Utc),
            Amount = row.GetDecimal(5),
            Currency = texts.Share(row.GetString(6)),
            ScoredAmount = row.GetDouble(7),
            MerchantId = texts.Read(row, 8),
            MerchantCategory = texts.Read(row, 9),
            Channel = (TransactionChannel)(Convert.ToInt32(row.GetValue(10), null) - 1),
            Country = texts.Read(row, 11),
            City = texts.Read(row, 12),
            Latitude = Number(row, 13),
            Longitude = Number(row, 14),
            DeviceId = texts.Read(row, 15),
            IpAddress = texts.Read(row, 16),
            UserAgentHash = texts.Read(row, 17),
            UtcOffsetMinutes = row.GetInt16(18),
        };
        verdict.Clear();
        VectorColumn.Read(row, 19).CopyTo(verdict.Embedding);
        verdict.EmbeddingVersion = row.GetInt32(20);
        verdict.DistanceToProfile = Number(row, 21);
        verdict.Surprise = row.IsDBNull(22) ? 0 : row.GetDouble(22);
        verdict.IsLate = row.GetBoolean(23);
        verdict.IsLearned = row.GetBoolean(24);
        verdict.ConfigurationVersion = row.GetInt32(25);
        verdict.LearnedDistance = Number(row, 26);
        verdict.LearnedValue = Number(row, 27);
        if (!row.IsDBNull(28)) VectorColumn.Read(row, 28).CopyTo(verdict.UseLayout());
        return new ScoredEvent(transaction, verdict, row.GetInt32(0), row.GetInt64(1));
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

    private static double Number(MySqlDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);
}
