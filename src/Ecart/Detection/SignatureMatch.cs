using Ecart.Vectors;

namespace Ecart.Detection;

/// <summary>The known threat that an event resembles most.</summary>
/// <param name="Signature">The signature.</param>
/// <param name="Distance">Distance to it, at most its radius.</param>
public readonly record struct SignatureMatch(ThreatSignature Signature, double Distance)
{
    /// <summary>
    /// Finds, by an exact scan, among the signatures that contain the event the one of highest severity, then of smallest distance
    /// in units of its radius.
    /// </summary>
    public static SignatureMatch? Find(IReadOnlyList<ThreatSignature> signatures, ReadOnlySpan<float> embedding, int version)
    {
        SignatureMatch? best = null;
        for (int i = 0; i < signatures.Count; i++)
        {
            ThreatSignature signature = signatures[i];
            if (signature.EmbeddingVersion != version) continue;
            if (Measure(signature, embedding) is not { } match) continue;
            if (best is not { } leader || match.Beats(leader)) best = match;
        }

        return best;
    }

    /// <summary>The match with one signature; null when the event lies outside it.</summary>
    internal static SignatureMatch? Measure(ThreatSignature signature, ReadOnlySpan<float> embedding)
    {
        double distance = VectorMath.DistancePadded(embedding, signature.Vector);
        return distance > signature.Radius ? null : new SignatureMatch(signature, distance);
    }

    /// <summary>Whether this is the one to tell of two.</summary>
    internal bool Beats(SignatureMatch other) => Signature.Severity != other.Signature.Severity
        ? Signature.Severity > other.Signature.Severity
        : Ratio < other.Ratio;

    /// <summary>Distance in units of the radius; a radius of 0 is matched by the vector itself alone.</summary>
    private double Ratio => Signature.Radius > 0 ? Distance / Signature.Radius : 0;
}
