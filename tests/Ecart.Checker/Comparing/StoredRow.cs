using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Ecart.Domains.Transactions;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.Checker.Comparing;

/// <summary>One stored event as texts that can be compared: place, content, verdict.</summary>
internal sealed record StoredRow(string Uid, string Place, string Content, string Verdict, bool? Label)
{
    /// <summary>Reads every row.</summary>
    public const string Query =
        """
        SELECT transaction_id, lane, seq, account_id, occurred_at, amount, currency, scored_amount, merchant_id, merchant_category, CONCAT(channel), country,
            latitude, longitude, device_id, ip_address, fraud_score, rank_score, surprise, distance_to_profile, is_flagged, CONCAT(severity), is_late, is_learned,
            HEX(embedding), reasons, is_confirmed_fraud
        FROM financial_transactions ORDER BY lane, seq
        """;

    private const int FirstOfContent = 3;
    private const int FirstOfVerdict = 16;
    private const int Reasons = 25;

    /// <summary>A row of <see cref="Query"/>.</summary>
    public static StoredRow Read(MySqlDataReader row) => new(
        row.GetString(0),
        $"{row.GetInt32(1)}/{row.GetInt64(2)}",
        Join(Enumerable.Range(FirstOfContent, FirstOfVerdict - FirstOfContent).Select(i => row.IsDBNull(i) ? null : row.GetValue(i))),
        Join(Enumerable.Range(FirstOfVerdict, Reasons - FirstOfVerdict).Select(i => row.IsDBNull(i) ? null : row.GetValue(i))
            .Append(row.IsDBNull(Reasons) ? "" : ReasonsOf(row.GetString(Reasons)))),
        row.IsDBNull(Reasons + 1) ? null : row.GetBoolean(Reasons + 1));

    /// <summary>The row that a scored event must become.</summary>
    public static StoredRow Of(in ScoredEvent scored, bool? label)
    {
        var transaction = (TransactionEvent)scored.Event;
        Verdict verdict = scored.Verdict;
        string reasons = string.Join(
            ' ', verdict.Evidence.ToArray().Select(evidence => $"{evidence.Code}:{EvidenceText.Describe(in evidence)}"));
        return new StoredRow(
            transaction.EventUid,
            $"{scored.Lane}/{scored.Seq}",
            Join(
            [
                transaction.AccountId, transaction.OccurredAt, transaction.Amount, transaction.Currency, transaction.ScoredAmount, transaction.MerchantId,
                transaction.MerchantCategory, transaction.Channel.ToString().ToLowerInvariant(), transaction.Country, transaction.Latitude,
                transaction.Longitude, transaction.DeviceId, transaction.IpAddress,
            ]),
            Join(
            [
                verdict.Score, verdict.RankScore, verdict.Surprise, verdict.DistanceToProfile, verdict.IsAnomaly,
                verdict.Severity.ToString().ToLowerInvariant(), verdict.IsLate, verdict.IsLearned,
                Convert.ToHexString(MemoryMarshal.AsBytes<float>(verdict.Embedding)), reasons,
            ]),
            label);
    }

    private static string ReasonsOf(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return string.Join(
            ' ', document.RootElement.EnumerateArray().Select(reason => $"{reason.GetProperty("type").GetString()}:{reason.GetProperty("detail").GetString()}"));
    }

    private static string Join(IEnumerable<object?> values) => string.Join('|', values.Select(value => value switch
    {
        null => "NULL",
        double.NaN => "NULL",
        bool flag => flag ? "1" : "0",
        sbyte small => small.ToString(CultureInfo.InvariantCulture),
        decimal number => number.ToString("F2", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    }));
}
