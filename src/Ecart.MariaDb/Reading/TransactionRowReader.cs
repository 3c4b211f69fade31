using Ecart.Domains.Transactions;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>Reads rows of <c>financial_transactions</c> back as what was scored, exactly. Not thread-safe.</summary>
internal sealed class TransactionRowReader
{
    /// <summary>The columns that <see cref="Read"/> takes, prefixed with the table's alias <c>t</c>.</summary>
    public const string Columns =
        "t.lane, t.seq, t.transaction_id, t.account_id, t.occurred_at, t.amount, t.currency, t.scored_amount, t.merchant_id, t.merchant_category, "
        + "t.channel + 0, t.country, t.city, t.latitude, t.longitude, t.device_id, t.ip_address, t.user_agent_hash, t.utc_offset_minutes, t.embedding, "
        + "t.embedding_version, t.distance_to_profile, t.surprise, t.is_late, t.is_learned, t.configuration_version, t.learned_distance, t.learned_amount, "
        + "t.layout_embedding";

    /// <summary>Number of columns read.</summary>
    public const int ColumnCount = 29;

    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>The event of the reader's current row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="verdict">Receives the stored verdict.</param>
    public ScoredEvent Read(MySqlDataReader row, Verdict verdict)
    {
        var transaction = new TransactionEvent
        {
            EventUid = row.GetString(2),
            AccountId = Shared(row.GetString(3)),
            OccurredAt = DateTime.SpecifyKind(row.GetDateTime(4), DateTimeKind.Utc),
            Amount = row.GetDecimal(5),
            Currency = Shared(row.GetString(6)),
            ScoredAmount = row.GetDouble(7),
            MerchantId = Text(row, 8),
            MerchantCategory = Text(row, 9),
            Channel = (TransactionChannel)(Convert.ToInt32(row.GetValue(10), null) - 1),
            Country = Text(row, 11),
            City = Text(row, 12),
            Latitude = Number(row, 13),
            Longitude = Number(row, 14),
            DeviceId = Text(row, 15),
            IpAddress = Text(row, 16),
            UserAgentHash = Text(row, 17),
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

    private static double Number(MySqlDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    private string? Text(MySqlDataReader row, int column) => row.IsDBNull(column) ? null : Shared(row.GetString(column));

    /// <summary>One object for equal texts: ids recur.</summary>
    private string Shared(string text)
    {
        if (known.TryGetValue(text, out string? shared)) return shared;
        if (known.Count < 1_000_000) known.Add(text, text);
        return text;
    }
}
