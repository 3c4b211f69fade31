using System.Diagnostics.CodeAnalysis;

namespace Ecart.Events.Decoding;

/// <summary>What became of a record: an event, or the reason why not.</summary>
public readonly struct DecodedRecord
{
    /// <summary>A record that is an event.</summary>
    public DecodedRecord(DomainEvent decoded, TruthLabel? truth)
    {
        Event = decoded;
        Truth = truth;
    }

    /// <summary>A record that cannot become an event.</summary>
    public DecodedRecord(RejectedRecord rejected) => Rejected = rejected;

    /// <summary>The event, or null when the record was rejected.</summary>
    public DomainEvent? Event { get; }

    /// <summary>The truth that came with the event, if any.</summary>
    public TruthLabel? Truth { get; }

    /// <summary>Why the record cannot become an event, or null.</summary>
    public RejectedRecord? Rejected { get; }

    /// <summary>True when there is an event.</summary>
    [MemberNotNullWhen(true, nameof(Event))]
    [MemberNotNullWhen(false, nameof(Rejected))]
    public bool IsEvent => Event is not null;
}
