namespace Ecart.Detection.Streaming;

/// <summary>Scores vectors of one stream, then learns from them, in bounded memory. Not thread-safe: one owner a stream.</summary>
public interface IStreamDetector
{
    /// <summary>Stable name, such as <c>half_space_trees</c>: in configurations, artefacts and tables.</summary>
    string Kind { get; }

    /// <summary>Length of the vectors.</summary>
    int Dimension { get; }

    /// <summary>False while too little was learned for an opinion; <see cref="Score"/> is 0 until then.</summary>
    bool HasOpinion { get; }

    /// <returns>0 or little is typical, higher is stranger; the scale is the method's own. Always finite. Never changes state, never allocates.</returns>
    /// <exception cref="DetectorInputException">Wrong length, or a value that is not finite.</exception>
    double Score(ReadOnlySpan<float> vector);

    /// <summary>Takes a vector into what is normal. Call it after <see cref="Score"/>, never before.</summary>
    /// <exception cref="DetectorInputException">Wrong length, or a value that is not finite.</exception>
    void Learn(ReadOnlySpan<float> vector);

    /// <summary>How much each dimension drove the score of a vector: 0 and more, comparable with each other only.</summary>
    void Explain(ReadOnlySpan<float> vector, Span<double> contributions);

    /// <summary>Bytes that it holds, buffers included.</summary>
    long Bytes { get; }

    /// <summary>Its whole state as bytes; what <see cref="StreamArtefact.Restore"/> makes of them goes on as this one would.</summary>
    byte[] Save();
}
