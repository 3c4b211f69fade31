namespace Ecart.Domains.Network;

/// <summary>
/// What an event is by itself, for the windows of its source: computed for the score and again, alike, when the event is learned.
/// </summary>
internal readonly ref struct FlowFacts
{
    private FlowFacts(NetworkFlow flow, NetworkSets sets, NetworkOptions options)
    {
        Ticks = flow.OccurredAt.Ticks;
        bool isHost = flow.DestinationScope != AddressScope.Group && flow.SourceScope != AddressScope.Group;
        bool isAsking = flow.Protocol != NetworkProtocol.Icmp || IcmpType.IsRequest(flow.SourcePort, flow.SourceAddress.Contains(':'));
        IsContact = isHost && isAsking && flow.Kind != NetworkRecordKind.NameQuery && flow.Protocol != NetworkProtocol.Other;
        // A fragment of a longer connection has no content of its own and did not fail.
        bool isWhole = flow.State is not (ConnectionState.Partial or ConnectionState.Unknown);
        bool isEmpty = flow.Protocol == NetworkProtocol.Tcp && flow.Kind == NetworkRecordKind.Flow && flow.Bytes == 0 && isWhole;
        Contact = new ContactWindow.Contact(Ticks, flow.DestinationHash, flow.Target, flow.IsFailed || isEmpty, IsNew: false);
        IsProbe = flow.Protocol == NetworkProtocol.Icmp || flow.DestinationScope == AddressScope.Internal;
        Pair = flow.DestinationHash ^ ((ulong)(uint)flow.Target * 0x9E3779B97F4A7C15UL);
        IsBeat = isHost && isWhole && flow.Kind == NetworkRecordKind.Flow && flow.DestinationScope == AddressScope.External
            && flow.Protocol is NetworkProtocol.Tcp or NetworkProtocol.Udp && !sets.IsRegular(flow.DestinationPort);
        IsFlow = isHost && flow.Kind == NetworkRecordKind.Flow;
        IsSending = IsFlow && flow.SourceScope == AddressScope.Internal && flow.DestinationScope == AddressScope.External;
        IsSpread = IsFlow && flow.SourceScope == AddressScope.Internal && flow.DestinationScope == AddressScope.Internal && flow.Protocol == NetworkProtocol.Tcp
            && flow.State is ConnectionState.Established or ConnectionState.Open or ConnectionState.Reset && flow.Bytes > 0 && sets.IsAdministration(flow.DestinationPort);
        AttemptWeight = WeightOfAttempt(flow, sets, options.BruteForce);
        if (flow is { Kind: NetworkRecordKind.NameQuery, IsNameUnknown: true, QueryName: { } name })
        {
            ReadOnlySpan<char> label = NameRandomness.Registered(name);
            Randomness = NameRandomness.Of(label);
            Name = label.IsEmpty ? 0 : NameRandomness.HashOf(label);
        }
    }

    public long Ticks { get; }

    /// <summary>Whether the source asked one host for something.</summary>
    public bool IsContact { get; }

    /// <summary>The contact, if it is one.</summary>
    public ContactWindow.Contact Contact { get; }

    /// <summary>Destination with port.</summary>
    public ulong Pair { get; }

    /// <summary>Whether it may be one of a beacon.</summary>
    public bool IsBeat { get; }

    /// <summary>Whether even answers may be those to a scan: inside, or by ICMP.</summary>
    public bool IsProbe { get; }

    /// <summary>Whether it is a connection between two hosts.</summary>
    public bool IsFlow { get; }

    /// <summary>Whether it goes from inside to outside.</summary>
    public bool IsSending { get; }

    /// <summary>Whether one inner host let another in for administration.</summary>
    public bool IsSpread { get; }

    /// <summary>What it counts as failed log-ins; 0 for none.</summary>
    public float AttemptWeight { get; }

    /// <summary>Hash of the unknown domain that was asked for; 0 for none.</summary>
    public ulong Name { get; }

    /// <summary>How random that looks.</summary>
    public double Randomness { get; }

    public static FlowFacts Of(NetworkFlow flow, NetworkSets sets, NetworkOptions options) => new(flow, sets, options);

    private static float WeightOfAttempt(NetworkFlow flow, NetworkSets sets, BruteForceOptions options)
    {
        if (flow.Kind == NetworkRecordKind.Login)
        {
            if (flow.LoginSucceeded is true) return 0;
            return flow.LoginSucceeded is false ? Math.Max(1, flow.LoginAttempts) : (float)options.UnknownWeight + flow.LoginAttempts;
        }

        bool isShort = flow.Kind == NetworkRecordKind.Flow && flow.BytesOut <= options.ShortBytes && flow.BytesIn <= options.ShortBytes
            && flow.DurationSeconds <= options.ShortSeconds && flow is { BytesOut: > 0, BytesIn: > 0 };
        return isShort && sets.IsLogin(flow) ? (float)options.UnknownWeight : 0;
    }
}
