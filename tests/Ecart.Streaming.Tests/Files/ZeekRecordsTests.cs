using Ecart.Domains.Network;
using Ecart.Domains.Network.Decoding;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.Streaming.Files;
using Xunit;

namespace Ecart.Streaming.Tests.Files;

public sealed class ZeekRecordsTests : IDisposable
{
    private const string Head = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n";
    private const string Fields = "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state\torig_bytes\n#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tcount\n";

    private readonly FileCase _case = new();

    public void Dispose() => _case.Dispose();

    [Fact]
    public void TryRead_Log_ReadsBetweenComments()
    {
        List<FileRecord> records = Read(
            Head + Fields + "928.943457\tCx1\t10.0.2.112\t49168\t195.113.214.219\t80\ttcp\tSF\t261\n\n929.5\tCx2\t10.0.2.112\t49169\t151.97.100.116\t6898\ttcp\tS0\t-\n#close\t2015-11-18\n");

        Assert.Equal(["Cx1", "Cx2"], records.Select(static record => record.Event!.EventUid));
        NetworkFlow failed = Assert.IsType<NetworkFlow>(records[1].Event);
        Assert.Equal((ConnectionState.NoAnswer, 0L, 6898), (failed.State, failed.BytesOut, failed.DestinationPort));
        Assert.Equal(8, records[0].Line);
    }

    [Fact]
    public void TryRead_OtherFieldsLater_AreFollowed()
    {
        List<FileRecord> records = Read(
            Head + Fields + "1\tCx1\t10.0.2.112\t49168\t195.113.214.219\t80\ttcp\tSF\t261\n#fields\tuid\tts\tid.orig_h\tid.resp_h\nCx2\t2\t10.0.0.1\t10.0.0.2\n");

        Assert.Equal(["Cx1", "Cx2"], records.Select(static record => record.Event!.EventUid));
    }

    [Theory]
    [InlineData(Head + Fields + "1\tCx1\t10.0.2.112\n", "3 columns instead of the 9")]
    [InlineData(Head + "1\tCx1\t10.0.2.112\n", "no line #fields")]
    [InlineData(Head + "#fields\tts\tuid\n1\tCx1\n", "source_ip")]
    public void TryRead_BadLine_IsRejected(string text, string problem)
    {
        RejectedRecord rejected = Assert.Single(Read(text)).Rejected!;

        Assert.Equal(RejectReason.Malformed, rejected.Reason);
        Assert.Contains(problem, rejected.Message, StringComparison.Ordinal);
    }

    private List<FileRecord> Read(string text)
    {
        var decoder = new NetworkDecoder();
        Assert.True(RecordReader.TryOpen([_case.Write(text, "conn.log")], decoder, FieldMap.Automatic(decoder.Schema), null, out RecordReader? reader, out FileFailure? failure), failure?.Message);
        using RecordReader opened = reader;
        return FileCase.ReadAll(opened);
    }
}
