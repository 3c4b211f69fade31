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
            double distance = VectorMath.DistancePadded(embedding, signature.Vector);
            if (distance > signature.Radius) continue;
            var match = new SignatureMatch(signature, distance);
            if (best is not { } leader || match.Beats(leader)) best = match;
        }

        return best;
    }

    private bool Beats(SignatureMatch other) => Signature.Severity != other.Signature.Severity
        ? Signature.Severity > other.Signature.Severity
        : Ratio < other.Ratio;

    /// <summary>Distance in units of the radius; a radius of 0 is matched by the vector itself alone.</summary>
    private double Ratio => Signature.Radius > 0 ? Distance / Signature.Radius : 0;
}
