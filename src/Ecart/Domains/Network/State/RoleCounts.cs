using Ecart.Profiles;

namespace Ecart.Domains.Network;

/// <summary>What others ask of one inner address: answered connections to it, by port. Not thread-safe.</summary>
internal sealed class RoleCounts
{
    private const int MostPorts = 8;
    private readonly int[] ports = new int[MostPorts];
    private readonly long[] counts = new long[MostPorts];

    /// <summary>Answered connections to the address.</summary>
    public long Answered { get; private set; }

    public bool IsDirty { get; set; }

    /// <summary>Connections to its most used port.</summary>
    public long AnsweredOnTopPort => counts.Max();

    /// <summary>Counts a connection; when full, the least used port is replaced and its count inherited (Metwally et al., ICDT 2005).</summary>
    public void Add(int port, long number = 1)
    {
        Answered += number;
        IsDirty = true;
        int least = 0;
        for (int i = 0; i < MostPorts; i++)
        {
            if (counts[i] > 0 && ports[i] == port)
            {
                counts[i] += number;
                return;
            }

            if (counts[i] < counts[least]) least = i;
        }

        ports[least] = port;
        counts[least] += number;
    }

    public void Write(StateWriter writer)
    {
        writer.Long(Answered);
        for (int i = 0; i < MostPorts; i++)
        {
            writer.Int(ports[i]);
            writer.Long(counts[i]);
        }
    }

    /// <summary>Adds what was written.</summary>
    public void Include(ref StateReader reader)
    {
        long answered = Answered + reader.Long();
        for (int i = 0; i < MostPorts; i++)
        {
            int port = reader.Int();
            long count = reader.Long();
            if (count > 0) Add(port, count);
        }

        Answered = answered;
    }
}
