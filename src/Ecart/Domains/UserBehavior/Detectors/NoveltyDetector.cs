using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior.Detectors;

/// <summary>What the user has never done before: it counts less where peers do it, and all of it together only so much.</summary>
internal sealed class NoveltyDetector : IEventDetector<UserBehaviorContext>
{
    /// <inheritdoc/>
    public void Evaluate(in UserBehaviorContext context, Verdict verdict)
    {
        if (!context.HasProfile) return;
        NoveltyOptions options = context.Options.Novelty;
        UserBehaviorEvent action = context.Event;
        double left = options.Maximum;
        Add(EvidenceCode.NewDevice, options.Device * context.Novelty.Device, action.DeviceId, in context, ref left, verdict);
        Add(EvidenceCode.NewPlace, options.Place * context.Novelty.Country * Left(context.Peers.Country, options), action.Country, in context, ref left, verdict);
        Add(EvidenceCode.NewNetwork, options.Network * context.Novelty.Network * Left(context.Peers.Network, options), action.SourceIp, in context, ref left, verdict);
        Add(EvidenceCode.NewResource, options.Resource * context.Novelty.Resource * Left(context.Peers.Resource, options), action.Resource, in context, ref left, verdict);
        double hour = Math.Min(left, options.Hour * context.Novelty.Hour * Left(context.Peers.Hour, options));
        if (hour > 0) verdict.Add(new(EvidenceCode.UnusualHour, hour, context.LocalHour, double.NaN, options.HourShare, double.NaN, null));
    }

    private static double Left(int peers, NoveltyOptions options) => peers >= options.PeerEvents ? options.PeerShare : 1;

    private static void Add(string code, double contribution, string? value, in UserBehaviorContext context, ref double left, Verdict verdict)
    {
        contribution = Math.Min(left, contribution);
        if (contribution <= 0) return;
        left -= contribution;
        verdict.Add(new(code, contribution, context.Profile.Count, double.NaN, double.NaN, double.NaN, value));
    }
}
