using System.Buffers.Binary;
using Ecart.Detection.Batch;
using Ecart.Detection.Process;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Process;

public sealed class ProcessArtefactTests
{
    private static readonly ProcessMonitor Monitor = MadeUpPlant.Fit(MadeUpPlant.Rows(200, 5), new ProcessMonitorOptions { Season = 24, Window = 5 });

    [Theory]
    [InlineData(1, 8, 4)]
    [InlineData(7, 1, 1)]
    [InlineData(7, 3, 9)]
    public void Restore_InTheMiddleOfAStream_GoesOnAsTheSavedOne(int signals, int window, int hold)
    {
        ProcessMonitor saved = MadeUpPlant.Fit(MadeUpPlant.Rows(200, signals), new ProcessMonitorOptions { Season = 12, Window = window, Hold = hold });
        Matrix rows = MadeUpPlant.Rows(100, signals, seed: 2);
        for (int row = 0; row < 37; row++) saved.Observe(rows.Row(row), out _);

        ProcessMonitor restored = ProcessMonitor.Restore(saved.Save());

        Assert.Equal((saved.Threshold, saved.IsAlarm, saved.Dimension, saved.Bytes), (restored.Threshold, restored.IsAlarm, restored.Dimension, restored.Bytes));
        for (int row = 37; row < 100; row++)
        {
            Assert.Equal(saved.Observe(rows.Row(row), out bool expected), restored.Observe(rows.Row(row), out bool isAlarm));
            Assert.Equal(expected, isAlarm);
        }

        Assert.Equal(saved.Save(), restored.Save());
    }

    [Fact]
    public void Restore_DamagedAnywhere_SaysSo()
    {
        byte[] artefact = Monitor.Save();
        for (int position = 8; position < artefact.Length; position += 101)
        {
            byte[] damaged = [.. artefact];
            damaged[position] ^= 0x40;
            Assert.Contains("damaged", Assert.Throws<ArtefactException>(() => ProcessMonitor.Restore(damaged)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(500)]
    public void Restore_EndsTooEarly_SaysSo(int length)
    {
        byte[] artefact = Monitor.Save();

        Assert.Contains("damaged", Assert.Throws<ArtefactException>(() => ProcessMonitor.Restore(artefact.AsSpan(0, length))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_FutureVersion_NamesBoth()
    {
        byte[] artefact = Monitor.Save();
        BinaryPrimitives.WriteInt32LittleEndian(artefact.AsSpan(4), 7);

        string message = Assert.Throws<ArtefactException>(() => ProcessMonitor.Restore(artefact)).Message;

        Assert.Contains("format 7", message, StringComparison.Ordinal);
        Assert.Contains("up to 1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_SomethingElse_SaysThatItIsNoMonitor() =>
        Assert.Contains("no process monitor", Assert.Throws<ArtefactException>(() => ProcessMonitor.Restore(new byte[100])).Message, StringComparison.Ordinal);
}
