using System.Globalization;

namespace Ecart.Scoring;

/// <summary>Evidence in one plain English sentence with its numbers.</summary>
public static class EvidenceText
{
    /// <summary>The sentence of a piece of evidence.</summary>
    public static string Describe(in Evidence evidence) => Sentence(in evidence).ToString(CultureInfo.InvariantCulture);

    /// <summary>Formatted once, by the invariant culture: stored reasons read the same whatever the machine speaks.</summary>
    private static FormattableString Sentence(in Evidence evidence) => evidence.Code switch
    {
        EvidenceCode.BehaviorDistance =>
            $"Behaviour is {evidence.Significance:F1} standard deviations from this {evidence.Subject ?? "account"}'s usual (distance {evidence.Observed:F3}, usual {evidence.Expected:F3}).",
        EvidenceCode.AmountAnomaly =>
            $"Amount {evidence.Observed:F2} is {evidence.Significance:F1} standard deviations above this account's usual {evidence.Expected:F2}.",
        EvidenceCode.Velocity =>
            $"{evidence.Observed:F0} earlier transactions shortly before where {evidence.Expected:F2} are expected (chance {evidence.Significance:E1}).",
        EvidenceCode.ImpossibleTravel when evidence.Subject is not null && double.IsNaN(evidence.Observed) =>
            $"The {evidence.Subject} was in another country {evidence.Significance:F0} minutes before.",
        EvidenceCode.ImpossibleTravel when evidence.Subject is not null =>
            $"The {evidence.Subject} was {evidence.Expected:F0} km away {evidence.Significance:F0} minutes before: {evidence.Observed:F0} km/h.",
        EvidenceCode.ImpossibleTravel when double.IsNaN(evidence.Observed) =>
            $"The card was present in another country {evidence.Significance:F0} minutes before.",
        EvidenceCode.ImpossibleTravel =>
            $"The card was present {evidence.Expected:F0} km away {evidence.Significance:F0} minutes before: {evidence.Observed:F0} km/h.",
        EvidenceCode.HighAmount => $"Amount {evidence.Observed:F2} is above {evidence.Threshold:F0}.",
        EvidenceCode.VeryHighAmount => $"Amount {evidence.Observed:F2} is even above {evidence.Threshold:F0}.",
        EvidenceCode.NightActivity => $"Local time is {evidence.Observed:00} o'clock, at night.",
        EvidenceCode.EntityHistory =>
            $"The {evidence.Subject} has {evidence.Observed:F0} confirmed frauds where {evidence.Expected:F2} are expected (rate {evidence.Significance:P1}).",
        EvidenceCode.NewProfile when evidence.Subject is not null =>
            $"This {evidence.Subject} has {evidence.Observed:F0} normal events so far; {evidence.Threshold:F0} make a profile.",
        EvidenceCode.NewProfile => $"This account has {evidence.Observed:F0} normal transactions so far; {evidence.Threshold:F0} make a profile.",
        EvidenceCode.OutsideClusters => $"Outside every usual behaviour by {evidence.Observed:F3}; the nearest is '{evidence.Subject}'.",
        EvidenceCode.Signature => $"Resembles the known threat '{evidence.Subject}' (distance {evidence.Observed:F3}, radius {evidence.Threshold:F3}).",
        EvidenceCode.Sequence =>
            $"The latest actions look more like somebody else's than like this user's own (score {evidence.Observed:F0}, counted from {evidence.Threshold:F0}).",
        EvidenceCode.SharedCredentials =>
            $"The account is used from {evidence.Observed:F0} devices in different networks at once, {evidence.Significance:F0} times back and forth.",
        EvidenceCode.PasswordGuessing when evidence.Subject == "success" => $"It succeeded right after {evidence.Observed:F0} failures.",
        EvidenceCode.PasswordGuessing => $"{evidence.Observed:F0} failures shortly after one another.",
        EvidenceCode.NewDevice => $"This user was never seen on the device '{evidence.Subject}' in {evidence.Observed:F0} normal events.",
        EvidenceCode.NewPlace => $"This user was never seen in {evidence.Subject} in {evidence.Observed:F0} normal events.",
        EvidenceCode.NewNetwork => $"This user was never seen in the network of {evidence.Subject} in {evidence.Observed:F0} normal events.",
        EvidenceCode.NewResource => $"This user never used '{evidence.Subject}' in {evidence.Observed:F0} normal events.",
        EvidenceCode.UnusualHour => $"Local time is {evidence.Observed:00} o'clock, when this user is hardly ever seen.",
        EvidenceCode.OutsidePeers => $"None of {evidence.Observed:F0} normal events of users of the role '{evidence.Subject}' was of this kind on this resource.",
        EvidenceCode.FieldDeviation =>
            $"The field '{evidence.Subject}' is {evidence.Observed:G6}, {evidence.Significance:F1} standard deviations from this entity's usual {evidence.Expected:G6}.",
        EvidenceCode.NewValue =>
            $"The field '{evidence.Subject}' has a value never seen in {evidence.Observed:F0} normal events, of which {evidence.Significance:P1} brought a new one.",
        EvidenceCode.Rule => $"Rule '{evidence.Subject}' matched.",
        EvidenceCode.Density => $"Hardly any normal event is near: a share of {evidence.Significance:G2} lies as far out, mostly by {evidence.Subject}.",
        EvidenceCode.Isolation => $"Apart from all normal events: a share of {evidence.Significance:G2} is as easily told apart, mostly by {evidence.Subject}.",
        EvidenceCode.Reconstruction => $"Not of the pattern of normal events: a share of {evidence.Significance:G2} fits as badly, mostly by {evidence.Subject}.",
        EvidenceCode.Outlier => $"Strange among normal events: a share of {evidence.Significance:G2} is as strange, mostly by {evidence.Subject}.",
        EvidenceCode.ProfileDistance when evidence.Subject is not null =>
            $"{evidence.Subject} is {evidence.Significance:F1} standard deviations from its baseline (distance {evidence.Observed:F2}, usual {evidence.Expected:F2}, critical {evidence.Threshold:F2}).",
        EvidenceCode.TimeSeries => $"{evidence.Subject} is {evidence.Observed:G6}, as rare as one in 10^{evidence.Significance:F1} of its own past.",
        EvidenceCode.JointProcess =>
            $"The signals do not fit each other: {evidence.Observed:F1} standard deviations, alarm from {evidence.Threshold:F1} on, mostly by {evidence.Subject}.",
        EvidenceCode.StuckSensor => $"{evidence.Subject} has been exactly {evidence.Significance:G6} for {evidence.Observed:F0} measurements in a row.",
        EvidenceCode.UnitChange => $"The value {evidence.Observed:G6} looks like {evidence.Subject}, not like the signal's usual unit (usual {evidence.Expected:G6}).",
        EvidenceCode.Gap => $"{evidence.Subject} was silent for {evidence.Observed:F0} s, usual are {evidence.Expected:F0} s.",
        EvidenceCode.ClockJump => $"The device's clock went back by {evidence.Observed:F1} hours to where {evidence.Subject} had been before.",
        EvidenceCode.ProfileDistance =>
            $"The connection is {evidence.Significance:F1} standard deviations from this address's usual (distance {evidence.Observed:F3}, usual {evidence.Expected:F3}).",
        EvidenceCode.PortScan => $"Ports tried within minutes count {evidence.Observed:F0}, above {evidence.Threshold:F0}; {evidence.Significance:P0} of the targets failed.",
        EvidenceCode.HostScan => $"Hosts tried on this port within minutes count {evidence.Observed:F0}, above {evidence.Threshold:F0}; {evidence.Significance:P0} of them failed.",
        EvidenceCode.SlowScan => $"About {evidence.Observed:F0} targets failed today, above {evidence.Threshold:F0}: {evidence.Significance:P0} of all.",
        EvidenceCode.NewDestination => $"Never connected to {evidence.Subject} in {evidence.Observed:F0} earlier events.",
        EvidenceCode.Exfiltration => $"{evidence.Observed:F0} bytes went out to the new destination {evidence.Subject}, above {evidence.Threshold:F0}.",
        EvidenceCode.Beaconing => $"Connects to {evidence.Subject} regularly, about every {evidence.Observed:F0} seconds.",
        EvidenceCode.Flood => $"{evidence.Observed:F0} connections or packets at {evidence.Subject}, from {evidence.Threshold:F0} on a flood.",
        EvidenceCode.BruteForce => $"Failed log-ins within minutes count {evidence.Observed:F1} at {evidence.Subject}, from {evidence.Threshold:F0} on guessing.",
        EvidenceCode.LateralMovement => $"Was let in by {evidence.Observed:F0} inner hosts new to it; from {evidence.Threshold:F0} on that is spreading.",
        EvidenceCode.GeneratedNames => $"Asked for unknown names that count {evidence.Observed:F1}, from {evidence.Threshold:F0} on made by an algorithm; the last is {evidence.Subject}.",
        EvidenceCode.SensorAlert => $"Another sensor raised '{evidence.Subject}'.",
        EvidenceCode.Drift when double.IsNaN(evidence.Significance) =>
            $"The signal {evidence.Subject} moves away from its normal: distance {evidence.Observed:F2}, usual {evidence.Expected:F2}, critical {evidence.Threshold:F2}.",
        EvidenceCode.Drift =>
            $"The signal {evidence.Subject} moves away from its normal: distance {evidence.Observed:F2}, usual {evidence.Expected:F2}, critical {evidence.Threshold:F2} in about {evidence.Significance:F0} hours.",
        EvidenceCode.ThreatClass => $"Of the class {evidence.Subject}, whose least score is {evidence.Threshold:F2}.",
        _ => $"{evidence.Code}: {evidence.Observed:G6}.",
    };
}
