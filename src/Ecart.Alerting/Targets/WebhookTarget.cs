using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecart.Alerting.Messages;

namespace Ecart.Alerting.Targets;

/// <summary>
/// Any program that takes JSON by POST. <c>Ecart-Signature: v1=</c> and the hexadecimal HMAC-SHA256 over <c>timestamp.body</c> shows who sent it,
/// <c>Ecart-Timestamp</c> (Unix seconds of this attempt) when: receivers refuse what is older than 5 minutes. Thread-safe.
/// </summary>
public sealed class WebhookTarget : HttpTarget
{
    /// <summary>Header with the seconds.</summary>
    public const string TimestampHeader = "Ecart-Timestamp";

    /// <summary>Header with the signature.</summary>
    public const string SignatureHeader = "Ecart-Signature";

    /// <summary>Header with what is the same when a message is repeated: dedup key and action.</summary>
    public const string IdempotencyHeader = "Idempotency-Key";

    private readonly byte[] secret;
    private readonly TimeProvider timeProvider;

    /// <summary>Makes a target.</summary>
    /// <param name="address">Where messages go.</param>
    /// <param name="secret">The key of the signature, shared with the receiver.</param>
    /// <param name="timeout">How long an answer is waited for.</param>
    /// <param name="timeProvider">The clock.</param>
    public WebhookTarget(Uri address, string secret, TimeSpan timeout, TimeProvider timeProvider)
        : base(address, timeout, timeProvider, Secrets.OfAddress(address, secret))
    {
        this.secret = Encoding.UTF8.GetBytes(secret);
        this.timeProvider = timeProvider;
    }

    /// <summary>The signature of a body: <c>v1=</c> and the hexadecimal HMAC-SHA256 over the timestamp, a full stop and the body.</summary>
    public static string Sign(ReadOnlySpan<byte> secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(Encoding.ASCII.GetBytes(timestamp));
        hash.AppendData("."u8);
        hash.AppendData(body);
        return "v1=" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private protected override byte[] MakeBody(AlertMessage message) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["version"] = 1,
        ["subject"] = message.Subject switch
        {
            AlertSubject.HeldBack => "held_back",
            AlertSubject.Test => "test",
            _ => "alerts",
        },
        ["action"] = Name(message.Action),
        ["dedup_key"] = message.DedupKey,
        ["route"] = message.Route,
        ["severity"] = message.Severity,
        ["summary"] = MessageText.Summary(message),
        ["domain"] = message.Domain,
        ["entity_type"] = message.EntityType,
        ["entity_id"] = message.EntityId,
        ["count"] = message.Count,
        ["alerts"] = new JsonArray([.. message.Alerts.Select(WithStatus)]),
        ["created_at"] = message.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
    });

    private protected override void AddHeaders(HttpRequestMessage request, AlertMessage message, byte[] body)
    {
        string timestamp = timeProvider.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add(TimestampHeader, timestamp);
        request.Headers.Add(SignatureHeader, Sign(secret, timestamp, body));
        request.Headers.TryAddWithoutValidation(IdempotencyHeader, Uri.EscapeDataString($"{message.DedupKey}:{Name(message.Action)}:{message.CreatedAt.UtcTicks}"));
    }

    private static JsonNode WithStatus(AlertNotice alert)
    {
        JsonNode wire = alert.WireForm.DeepClone();
        wire["status"] = alert.Status;
        return wire;
    }

    private static string Name(AlertAction action) => action switch
    {
        AlertAction.Acknowledge => "acknowledge",
        AlertAction.Resolve => "resolve",
        _ => "trigger",
    };
}
