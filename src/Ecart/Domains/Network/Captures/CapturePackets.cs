using System.Buffers.Binary;

namespace Ecart.Domains.Network.Captures;

/// <summary>
/// The packets of a capture in memory, one after the other: pcap of either byte order with micro- or nanoseconds, and pcapng. A capture that ends in the
/// middle of a packet ends before it.
/// </summary>
/// <remarks>G. Harris, M. Richardson, PCAP Capture File Format; M. Tüxen et al., PCAP Next Generation Capture File Format, IETF drafts.</remarks>
internal ref struct CapturePackets
{
    private const uint Microseconds = 0xA1B2C3D4;
    private const uint Nanoseconds = 0xA1B23C4D;
    private const uint SectionBlock = 0x0A0D0D0A;
    private const uint SectionOrder = 0x1A2B3C4D;
    private const uint InterfaceBlock = 1;
    private const uint SimpleBlock = 3;
    private const uint EnhancedBlock = 6;
    private const int FileHeader = 24;
    private const int RecordHeader = 16;
    private const int LeastBlock = 12;
    private const int ResolutionOption = 9;
    private const int TicksPerSecondDefault = 1_000_000;

    private readonly List<(int LinkType, double UnitsPerSecond)> interfaces = [];
    private readonly bool isNextGeneration;
    private ReadOnlySpan<byte> rest;
    private bool isBigEndian;

    /// <exception cref="CaptureException">The bytes are no capture.</exception>
    public CapturePackets(ReadOnlySpan<byte> capture)
    {
        rest = capture;
        if (capture.Length < FileHeader) throw new CaptureException("The capture is shorter than its header: fetch it again.");
        uint little = BinaryPrimitives.ReadUInt32LittleEndian(capture);
        uint big = BinaryPrimitives.ReadUInt32BigEndian(capture);
        isNextGeneration = little == SectionBlock;
        if (isNextGeneration) return;
        isBigEndian = big is Microseconds or Nanoseconds;
        uint magic = isBigEndian ? big : little;
        if (magic is not (Microseconds or Nanoseconds))
            throw new CaptureException($"The file begins with {little:x8}, which no pcap or pcapng does: convert it, for example with editcap -F pcap.");
        interfaces.Add(((int)(UInt32(capture[20..]) & 0xFFFF), magic == Nanoseconds ? 1e9 : TicksPerSecondDefault));
        rest = capture[FileHeader..];
    }

    /// <summary>Whether a capture begins with these four bytes.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes) => bytes.Length >= sizeof(uint)
        && (BinaryPrimitives.ReadUInt32LittleEndian(bytes) is Microseconds or Nanoseconds or SectionBlock
            || BinaryPrimitives.ReadUInt32BigEndian(bytes) is Microseconds or Nanoseconds);

    /// <summary>The packet that <see cref="TryRead"/> found.</summary>
    public ReadOnlySpan<byte> Packet { get; private set; }

    /// <summary>Its time, UTC ticks.</summary>
    public long Ticks { get; private set; }

    /// <summary>Form of its outermost header, by the registry of tcpdump.org.</summary>
    public int LinkType { get; private set; }

    /// <summary>Moves to the next packet.</summary>
    public bool TryRead() => isNextGeneration ? TryReadBlocks() : TryReadRecord();

    private bool TryReadRecord()
    {
        if (rest.Length < RecordHeader) return false;
        (LinkType, double units) = interfaces[0];
        double seconds = UInt32(rest) + (UInt32(rest[4..]) / units);
        int length = (int)Math.Min(int.MaxValue, UInt32(rest[8..]));
        if (length > rest.Length - RecordHeader) return false;
        Ticks = TicksOf(seconds);
        Packet = rest.Slice(RecordHeader, length);
        rest = rest[(RecordHeader + length)..];
        return true;
    }

    private bool TryReadBlocks()
    {
        while (rest.Length >= LeastBlock)
        {
            uint type = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            if (type == SectionBlock)
            {
                isBigEndian = BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]) != SectionOrder;
                interfaces.Clear();
            }
            else
            {
                type = UInt32(rest);
            }

            int length = (int)Math.Min(int.MaxValue, UInt32(rest[4..]));
            if (length < LeastBlock || length > rest.Length) return false;
            ReadOnlySpan<byte> body = rest[8..(length - 4)];
            rest = rest[length..];
            if (type == InterfaceBlock && body.Length >= 8) AddInterface(body);
            else if (type == EnhancedBlock && TryReadEnhanced(body)) return true;
            else if (type == SimpleBlock && TryReadSimple(body)) return true;
        }

        return false;
    }

    private readonly void AddInterface(ReadOnlySpan<byte> body)
    {
        int linkType = isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(body) : BinaryPrimitives.ReadUInt16LittleEndian(body);
        double units = TicksPerSecondDefault;
        ReadOnlySpan<byte> options = body[8..];
        while (options.Length >= 5)
        {
            int code = isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(options) : BinaryPrimitives.ReadUInt16LittleEndian(options);
            int length = isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(options[2..]) : BinaryPrimitives.ReadUInt16LittleEndian(options[2..]);
            if (code == 0) break;
            if (code == ResolutionOption)
            {
                int exponent = options[4] & 0x7F;
                units = (options[4] & 0x80) != 0 ? Math.Pow(2, exponent) : Math.Pow(10, exponent);
            }

            int step = 4 + ((length + 3) & ~3);
            if (step > options.Length) break;
            options = options[step..];
        }

        interfaces.Add((linkType, units));
    }

    private bool TryReadEnhanced(ReadOnlySpan<byte> body)
    {
        if (body.Length < 20) return false;
        uint number = UInt32(body);
        int length = (int)Math.Min(int.MaxValue, UInt32(body[12..]));
        if (number >= interfaces.Count || length > body.Length - 20) return false;
        (LinkType, double units) = interfaces[(int)number];
        ulong time = ((ulong)UInt32(body[4..]) << 32) | UInt32(body[8..]);
        Ticks = TicksOf(time / units);
        Packet = body.Slice(20, length);
        return true;
    }

    private bool TryReadSimple(ReadOnlySpan<byte> body)
    {
        if (body.Length < 4 || interfaces.Count == 0) return false;
        LinkType = interfaces[0].LinkType;
        Packet = body[4..];
        return true;
    }

    /// <summary>Whole microseconds, as events have them.</summary>
    private static long TicksOf(double seconds) =>
        DateTime.UnixEpoch.Ticks + ((long)(seconds * TicksPerSecondDefault) * TimeSpan.TicksPerMicrosecond);

    private readonly uint UInt32(ReadOnlySpan<byte> bytes) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
