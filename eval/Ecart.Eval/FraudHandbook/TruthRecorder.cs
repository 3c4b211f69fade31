using Ecart.Events.Decoding;

namespace Ecart.Eval.FraudHandbook;

/// <summary>Keeps the truth of records aside for the metrics while they pass to a decoder.</summary>
internal sealed class TruthRecorder(IRecordDecoder decoder) : IRecordDecoder
{
    private readonly Dictionary<string, string> scenarios = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public FieldSchema Schema => decoder.Schema;

    /// <inheritdoc/>
    public DecodedRecord Decode(in RecordFields record)
    {
        DecodedRecord decoded = decoder.Decode(in record);
        if (decoded is { IsEvent: true, Truth: { IsFraud: true } truth }) scenarios[decoded.Event.EventUid] = truth.Kind ?? "unknown";
        return decoded;
    }

    /// <summary>How an event that was decoded was fraud; null when it was none.</summary>
    public string? ScenarioOf(string uid) => scenarios.GetValueOrDefault(uid);
}
