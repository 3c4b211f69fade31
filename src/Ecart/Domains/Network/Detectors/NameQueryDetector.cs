using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>Many distinct names within minutes that do not exist.</summary>
internal sealed class NameQueryDetector : IEventDetector<NetworkContext>
{
    /// <inheritdoc/>
    public void Evaluate(in NetworkContext context, Verdict verdict)
    {
        if (!IsGenerated(in context)) return;
        verdict.Add(new(
            EvidenceCode.GeneratedNames, 0, context.UnknownNames, double.NaN, context.Options.Names.Names, context.NameRandomness, context.Event.QueryName));
    }

    /// <summary>Whether the event is one of the queries.</summary>
    public static bool IsGenerated(in NetworkContext context) => context.UnknownNames >= context.Options.Names.Names;
}
