namespace Ecart.Detection.Streaming.Entities;

/// <summary>One entity's streaming detector: numbers of an event with its time, score first, learn then. Not thread-safe: the entity's owner's.</summary>
internal abstract class EntityStream
{
    /// <summary>Bytes that it holds.</summary>
    public abstract long Bytes { get; }

    /// <summary>How many parts <see cref="Explain"/> tells.</summary>
    public abstract int Parts { get; }

    /// <returns>0 and more, higher is stranger; NaN without an opinion. Changes no state, allocates nothing.</returns>
    public abstract double Score(DateTime time, ReadOnlySpan<float> values);

    /// <summary>Takes an event into what is normal.</summary>
    public abstract void Learn(DateTime time, ReadOnlySpan<float> values);

    /// <summary>How much each part drove the score.</summary>
    public abstract void Explain(DateTime time, ReadOnlySpan<float> values, Span<double> parts);

    /// <summary>Its state; the restored one goes on exactly as this one would.</summary>
    public abstract byte[] Save();
}
