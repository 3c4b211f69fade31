using System.Buffers.Binary;
using Ecart.Domains.Network;
using Ecart.Domains.Network.Decoding;
using Ecart.Domains.Transactions;
using Ecart.Domains.UserBehavior;
using Ecart.Events.Decoding;
using Ecart.Streaming.Files;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Files;

/// <summary>Files without named fields: a system's log and a capture, told by their beginnings.</summary>
public sealed class LogRecordsTests : IDisposable
{
    private const string Log =
        """
        2026-03-02T08:00:01+00:00 gate CRON[77]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)
        2026-03-02T08:00:02+00:00 gate sshd[4242]: Accepted publickey for alice from 192.0.2.7 port 50022 ssh2: ED25519 SHA256:abc
        2026-03-02T08:00:03+00:00 gate kernel: something else
        2026-03-02T08:00:04+00:00 gate sshd[4243]: message repeated 3 times: [ Failed password for root from 203.0.113.9 port 50 ssh2]
        """;

    private readonly TestFolder folder = TestFolder.Create("logs");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(FileFormat.Detect)]
    [InlineData(FileFormat.AuthLog)]
    public void Read_AuthLog_GivesTheActionsOfEachLine(FileFormat format)
    {
        string path = Write("auth.log", Log);

        UserBehaviorEvent[] actions = [.. Read(new UserBehaviorDecoder(), path, format).Select(record => record.Event).OfType<UserBehaviorEvent>()];

        Assert.Equal(["alice", "root", "root", "root"], actions.Where(action => action.SourceIp is not null).Select(action => action.UserId));
        Assert.Contains("auth.log:4#3", actions.Select(action => action.EventUid));
        Assert.Equal([2L, 4, 4, 4], Read(new UserBehaviorDecoder(), path, format).Where(record => record.Event is UserBehaviorEvent { SourceIp: not null }).Select(record => record.Line));
    }

    [Fact]
    public void Read_CsvOfActions_IsStillCsv()
    {
        string path = Write("actions.csv", "uid,occurred_at,user,event_type\nu1,2026-03-02T08:00:00Z,alice,login\n");

        Assert.Equal("u1", Assert.Single(Read(new UserBehaviorDecoder(), path, FileFormat.Detect)).Event!.EventUid);
    }

    [Theory]
    [InlineData(FileFormat.Detect, false)]
    [InlineData(FileFormat.Pcap, false)]
    [InlineData(FileFormat.Detect, true)]
    public void Read_Capture_GivesItsFlows(FileFormat format, bool isPacked)
    {
        string path = Path.Combine(folder.Path, "office.pcap");
        File.WriteAllBytes(path, isPacked ? Pack(Capture()) : Capture());

        NetworkFlow[] flows = [.. Read(new NetworkDecoder(), path, format).Select(record => (NetworkFlow)record.Event!)];

        NetworkFlow flow = Assert.Single(flows);
        Assert.Equal(("10.0.0.1", "10.0.0.2", 53, NetworkProtocol.Udp), (flow.SourceAddress, flow.DestinationAddress, flow.DestinationPort, flow.Protocol));
    }

    [Fact]
    public void Read_DamagedCapture_IsOneRejectedRecord()
    {
        string path = Path.Combine(folder.Path, "cut.pcap");
        File.WriteAllBytes(path, Capture()[..20]);

        FileRecord record = Assert.Single(Read(new NetworkDecoder(), path, FileFormat.Detect));

        Assert.Contains("shorter than its header", record.Rejected!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FileFormat.Pcap, "network reads pcap")]
    [InlineData(FileFormat.AuthLog, "user_behavior reads those of sshd")]
    public void TryOpen_FormThatTheDomainDoesNotRead_SaysWhichDoes(FileFormat format, string expected)
    {
        var decoder = new TransactionDecoder();

        bool isOpen = RecordReader.TryOpen(
            [Write("auth.log", Log)], decoder, FieldMap.Automatic(decoder.Schema), new RecordReaderOptions { Format = format }, out _, out FileFailure? failure);

        Assert.False(isOpen);
        Assert.Contains(expected, failure!.Message, StringComparison.Ordinal);
    }

    private static List<FileRecord> Read(IRecordDecoder decoder, string path, FileFormat format)
    {
        Assert.True(
            RecordReader.TryOpen([path], decoder, FieldMap.Automatic(decoder.Schema), new RecordReaderOptions { Format = format }, out RecordReader? reader, out FileFailure? failure),
            failure?.Message);
        using (reader)
        {
            var records = new List<FileRecord>();
            while (reader.TryRead(out FileRecord record)) records.Add(record);
            Assert.Null(reader.Failure);
            return records;
        }
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text + "\n");
        return path;
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress)) stream.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>A query and its answer over UDP, on raw IP.</summary>
    private static byte[] Capture()
    {
        var bytes = new List<byte>();
        Add(0xA1B2C3D4, 4);
        Add(0x00040002, 4);
        Add(0, 4);
        Add(0, 4);
        Add(65_535, 4);
        Add(101, 4);
        Packet(1, 40_000, 53, isAnswer: false);
        Packet(2, 53, 40_000, isAnswer: true);
        return [.. bytes];

        void Add(uint value, int size)
        {
            Span<byte> four = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(four, value);
            bytes.AddRange(four[..size]);
        }

        void Packet(uint seconds, int from, int to, bool isAnswer)
        {
            byte[] packet =
            [
                0x45, 0, 0, 36, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, (byte)(isAnswer ? 2 : 1), 10, 0, 0, (byte)(isAnswer ? 1 : 2),
                (byte)(from >> 8), (byte)from, (byte)(to >> 8), (byte)to, 0, 16, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8,
            ];
            Add(1_770_000_000 + seconds, 4);
            Add(0, 4);
            Add((uint)packet.Length, 4);
            Add((uint)packet.Length, 4);
            bytes.AddRange(packet);
        }
    }
}
