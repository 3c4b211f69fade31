using Ecart.Profiles;

namespace Ecart.Domains.Iot.Signals;

/// <summary>
/// Learns what is normal for a signal from its own first days, first its values and then the distances of its embeddings, and ends: what comes later is compared
/// with it and never changes it, or a slow failure would be learned. Not thread-safe: its signal's.
/// </summary>
internal sealed class SignalLearning(BaselineOptions options)
{
    private ValueSample? values = new(options.SampleValues);
    private DistanceSample? distances;
    private long nextEstimate = options.MinimumValues;

    /// <summary>What the values are compared with meanwhile; null while there are too few.</summary>
    public SignalBaseline? Baseline { get; private set; }

    /// <summary>Made when all is learned.</summary>
    public DistanceProfile? Profile { get; private set; }

    /// <summary>Values taken in; 0 once their distances are learned.</summary>
    public long ValueCount => values?.Count ?? 0;

    /// <summary>Distance as it would be learned; NaN while values are.</summary>
    public double DistanceOf(ReadOnlySpan<float> embedding) => distances?.DistanceOf(embedding) ?? double.NaN;

    /// <summary>Takes a normal measurement in.</summary>
    /// <returns>True when <see cref="Baseline"/> changed, so that embeddings before and after cannot be compared.</returns>
    public bool Add(long ticks, double value, ReadOnlySpan<float> embedding, double distance)
    {
        if (values is not null) return AddValue(ticks, value);
        distances!.Add(ticks, embedding, distance);
        if (distances.Count >= options.DistanceMeasurements && ticks - distances.FirstTicks >= options.DistanceTicks) Profile = distances.MakeProfile(options);
        return false;
    }

    /// <summary>Takes a measurement out that was no normal one after all.</summary>
    public void Remove(long ticks, double value, ReadOnlySpan<float> embedding, double distance)
    {
        if (values is not null) values.Remove(ticks, value);
        // What was added before the values were learned is in them.
        else if (distances is not null && ticks >= distances.FirstTicks && distances.Count > 0) distances.Remove(embedding, distance);
    }

    public void Write(StateWriter writer)
    {
        writer.Long(nextEstimate);
        SignalBaselineCodec.Write(Baseline, writer);
        writer.Int(values is null ? 0 : 1);
        values?.Write(writer);
        distances?.Write(writer);
    }

    public void Read(ref StateReader reader)
    {
        nextEstimate = reader.Long();
        Baseline = SignalBaselineCodec.ReadBaseline(ref reader);
        if (reader.Int() != 0)
        {
            values!.Read(ref reader);
            return;
        }

        values = null;
        distances = new DistanceSample();
        distances.Read(ref reader);
    }

    private bool AddValue(long ticks, double value)
    {
        values!.Add(ticks, value);
        bool isComplete = values.Count >= options.ValueMeasurements && ticks - values.FirstTicks >= options.ValueTicks;
        if (!isComplete && values.Count < nextEstimate) return false;
        nextEstimate = 2 * values.Count;
        Baseline = BaselineEstimate.Of(values, options);
        if (!isComplete) return true;
        values = null;
        distances = new DistanceSample();
        return true;
    }
}
