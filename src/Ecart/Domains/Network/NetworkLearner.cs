using Ecart.Detection.Streaming.Entities;
using Ecart.Profiles;
using Ecart.Rules.Windows;
using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>Takes events and labels into the state. What it changes is decided by the log alone.</summary>
internal sealed class NetworkLearner(NetworkOptions options, NetworkState state, NetworkSets sets, StreamEvidence<NetworkContext> streams)
{
    private readonly double[] measures = new double[AddressState.Measures];

    /// <summary>Writes into the verdict what the profile is to take in if the event is normal, cut where it would widen the profile's own threshold.</summary>
    public void Prepare(in NetworkContext context, Verdict verdict)
    {
        verdict.LearnedValue = Math.Log(1 + context.Event.Bytes);
        int count = context.Profile.Count;
        if (count == 0) return;
        double learned = context.Distance * Math.Sqrt(count / (count + 1.0));
        if (context.Profile.Distance.Count >= options.Profile.MinimumObservations)
        {
            double mean = context.Profile.Distance.Mean;
            learned = Math.Min(learned, mean + (options.Rank.ClipSigmas * options.Profile.FloorSigma(context.Profile.Distance.SampleDeviation, mean)));
        }

        verdict.LearnedDistance = learned;
    }

    /// <summary>Takes in an event with its verdict. Late events are stored and change nothing.</summary>
    public void Learn(in ScoredEvent scored)
    {
        var flow = (NetworkFlow)scored.Event;
        AddressState source = state.Change(flow.SourceAddress, scored.Lane, scored.Seq);
        if (scored.Verdict.IsLate) return;
        if (scored.Verdict.IsLearned)
        {
            LearnNormal(flow, scored.Verdict, source);
            streams.Learn(flow, source.Streams);
        }

        LearnWindows(flow, source);
        Remember(flow, scored.Verdict, source);
        state.CountRole(flow);
        int day = NetworkContextBuilder.DayOf(flow.OccurredAt);
        double distance = scored.Verdict.Statistics[NetworkRanker.StatisticDistance];
        if (!double.IsNaN(distance)) state.Distance.Add(day, distance);
        double volume = scored.Verdict.Statistics[NetworkRanker.StatisticVolume];
        if (!double.IsNaN(volume)) state.Volume.Add(day, volume);
        state.Streams.Count(day, scored.Verdict);
        state.PopulationIsDirty = true;
    }

    /// <summary>Takes in a label: moves the event into or out of its source's profile.</summary>
    public void ApplyLabel(in ScoredEvent labelled, bool isThreat, bool? previous, long seq)
    {
        var flow = (NetworkFlow)labelled.Event;
        AddressState source = state.Change(flow.SourceAddress, labelled.Lane, seq);
        if (labelled.Verdict.IsLate) return;
        bool wasNormal = previous is null ? labelled.Verdict.IsLearned : !previous.Value;
        if (wasNormal == !isThreat) return;
        if (!isThreat)
        {
            LearnNormal(flow, labelled.Verdict, source);
            return;
        }

        ProfileObservation observation = Observe(flow, labelled.Verdict);
        source.Profile.Remove(in observation);
    }

    private void LearnNormal(NetworkFlow flow, Verdict verdict, AddressState source)
    {
        ProfileObservation observation = Observe(flow, verdict);
        source.Profile.Add(in observation);
    }

    private void LearnWindows(NetworkFlow flow, AddressState source)
    {
        var context = new NetworkContext { Event = flow, Options = options };
        WindowEvents? events = source.Windows;
        state.Windows.Learn(in context, flow.OccurredAt.Ticks, ref events);
        source.Windows = events;
    }

    private ProfileObservation Observe(NetworkFlow flow, Verdict verdict)
    {
        measures[AddressState.MeasureBytes] = Math.Log(1 + flow.Bytes);
        return new ProfileObservation
        {
            Ticks = flow.OccurredAt.Ticks,
            LocalHour = flow.OccurredAt.Hour,
            Vector = verdict.Embedding,
            Measures = measures,
            Distance = verdict.LearnedDistance,
        };
    }

    private void Remember(NetworkFlow flow, Verdict verdict, AddressState source)
    {
        FlowFacts facts = FlowFacts.Of(flow, sets, options);
        if (verdict.IsAnomaly && verdict.SuppressedBy == 0) source.Alerts.Add(ThreatClass.Of(verdict), flow, verdict.Severity, options.Repetition);
        bool isNew = facts.IsContact && !source.Destinations.Contains(facts.Contact.Destination);
        if (facts.IsSpread && isNew && source.Events >= options.NewDestination.MinimumConnections)
            source.Spread.Put(facts.Ticks, facts.Contact.Destination, 1);
        if (facts.IsSending) RememberSent(in facts, flow, source, isNew);
        if (facts.IsContact)
        {
            source.Contacts.Add(facts.Contact with { IsNew = isNew && facts.IsProbe });
            source.Daily.Add(NetworkContextBuilder.DayOf(flow.OccurredAt), facts.Pair, flow.IsFailed);
            if (IsSlowScanTold(verdict)) source.Daily.ToldTicks = facts.Ticks;
            source.Destinations.Add(facts.Contact.Destination);
            source.Ports.Add((uint)facts.Contact.Target);
            source.TypicalDestinations.Add(flow.DestinationAddress);
        }

        if (facts.AttemptWeight > 0) source.Attempts.Add(facts.Ticks, facts.Contact.Destination, facts.AttemptWeight);
        if (facts.Name != 0) source.Names.Put(facts.Ticks, facts.Name, (float)(0.5 + (facts.Randomness / 2)));
        if (facts.IsBeat) RememberBeat(in facts, flow, verdict, source);
        if (facts.IsFlow)
        {
            source.Floods.TryGet(facts.Pair, out FloodCount flood);
            source.Floods.Put(facts.Pair, facts.Ticks, flood.After(facts.Ticks, facts.Contact.IsFailed, options.Flood.WindowTicks));
        }

        source.Events++;
        source.Scope = flow.SourceScope;
        source.NewestTicks = Math.Max(source.NewestTicks, facts.Ticks);
        source.FirstTicks = source.FirstTicks == 0 ? facts.Ticks : Math.Min(source.FirstTicks, facts.Ticks);
    }

    private static bool IsSlowScanTold(Verdict verdict)
    {
        bool isSlow = false;
        foreach (ref readonly Evidence evidence in verdict.Evidence) isSlow |= evidence.Code == EvidenceCode.SlowScan;
        return isSlow && ThreatClass.Of(verdict) == ThreatClass.Scan;
    }

    private static void RememberSent(in FlowFacts facts, NetworkFlow flow, AddressState source, bool isNew)
    {
        bool isKnown = source.Sent.TryGet(facts.Contact.Destination, out SentVolume sent);
        if (!isKnown && !isNew) return;
        long first = isKnown ? Math.Min(sent.FirstTicks, facts.Ticks) : facts.Ticks;
        source.Sent.Put(facts.Contact.Destination, facts.Ticks, new SentVolume(first, sent.Bytes + flow.BytesOut));
    }

    private void RememberBeat(in FlowFacts facts, NetworkFlow flow, Verdict verdict, AddressState source)
    {
        BeaconTrack track = source.Beacons.TryGet(facts.Pair, out BeaconTrack known)
            ? known.After(facts.Ticks, flow.BytesOut, options.Beacon)
            : BeaconTrack.First(facts.Pair, facts.Ticks, flow.BytesOut);
        if (ThreatClass.Of(verdict) == ThreatClass.CommandAndControl) source.Told.Put(facts.Ticks, facts.Pair, 1);
        source.Beacons.Put(facts.Pair, facts.Ticks, in track);
    }
}
