using Ecart.Domains.Transactions;
using Ecart.MariaDb.Reading;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>Rows of <c>financial_transactions</c>. Not thread-safe.</summary>
public sealed class TransactionTable : IEventTable
{
    private const string Score = "fraud_score";
    private const string Flag = "is_flagged";
    private const int FirstOfVerdict = 19;
    private static readonly VerdictColumns Shape = Make();
    private readonly VerdictColumns verdicts = Make();
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
    public string ScoreColumn => Score;

    /// <inheritdoc/>
    public string FlagColumn => Flag;

    /// <inheritdoc/>
    public string LabelColumn => "is_confirmed_fraud";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "lane", "seq", "transaction_id", "account_id", "occurred_at", "amount", "currency", "scored_amount", "merchant_id",
        "merchant_category", "channel", "country", "city", "latitude", "longitude", "device_id", "ip_address", "user_agent_hash",
        "utc_offset_minutes", .. Shape.Written,
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> ReadColumns { get; } =
    [
        "t.lane", "t.seq", "t.transaction_id", "t.account_id", "t.occurred_at", "t.amount", "t.currency", "t.scored_amount", "t.merchant_id",
        "t.merchant_category", "t.channel + 0", "t.country", "t.city", "t.latitude", "t.longitude", "t.device_id", "t.ip_address", "t.user_agent_hash",
        "t.utc_offset_minutes", .. Shape.Taken,
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
        verdicts.Write(scored.Verdict, row);
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
            Latitude = VerdictColumns.Number(row, 13),
            Longitude = VerdictColumns.Number(row, 14),
            DeviceId = texts.Read(row, 15),
            IpAddress = texts.Read(row, 16),
            UserAgentHash = texts.Read(row, 17),
            UtcOffsetMinutes = row.GetInt16(18),
        };
        verdicts.Read(row, FirstOfVerdict, verdict);
        return new ScoredEvent(transaction, verdict, row.GetInt32(0), row.GetInt64(1));
    }

    private static VerdictColumns Make() => new(Score, Flag, "learned_amount", hasLayout: true);
}
